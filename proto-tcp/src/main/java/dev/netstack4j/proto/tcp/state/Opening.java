package dev.netstack4j.proto.tcp.state;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.congestion.CongestionKinds;
import dev.netstack4j.proto.tcp.congestion.CongestionWindow;
import dev.netstack4j.proto.tcp.control.ReceiveVars;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpState;
import dev.netstack4j.proto.tcp.control.TcpSysctls;
import dev.netstack4j.proto.tcp.control.TimerPort;
import dev.netstack4j.proto.tcp.header.ParsedOptions;
import dev.netstack4j.proto.tcp.header.TcpFlags;
import dev.netstack4j.proto.tcp.input.AckPolicy;
import dev.netstack4j.proto.tcp.input.AckProcessor;
import dev.netstack4j.proto.tcp.input.DataQueue;
import dev.netstack4j.proto.tcp.input.Prediction;
import dev.netstack4j.proto.tcp.input.Reader;
import dev.netstack4j.proto.tcp.input.ReceiveTuning;
import dev.netstack4j.proto.tcp.input.UrgentData;
import dev.netstack4j.proto.tcp.output.SegmentSize;
import dev.netstack4j.proto.tcp.output.SendBuffer;
import dev.netstack4j.proto.tcp.output.WindowSelector;
import dev.netstack4j.proto.tcp.recovery.RoundTrip;

/// What is set up on the way to ESTABLISHED, by either side.
public final class Opening {
    private static final int DEFAULT_PEER_MSS = 536;
    private final Endings endings;
    private final CongestionKinds kinds;
    private final SegmentSize sizes;
    private final SendBuffer buffer;
    private final ReceiveTuning tuning;
    private final TimerPort timers;
    private final TcpSysctls sysctls;

    /// One per stack.
    public Opening(
            Endings endings,
            CongestionKinds kinds,
            SegmentSize sizes,
            SendBuffer buffer,
            ReceiveTuning tuning,
            TimerPort timers,
            TcpSysctls sysctls) {
        this.endings = endings;
        this.kinds = kinds;
        this.sizes = sizes;
        this.buffer = buffer;
        this.tuning = tuning;
        this.timers = timers;
        this.sysctls = sysctls;
    }

    /// The scale of our windows.
    int ownScale(TcpSock sock) {
        if (sysctls.windowScaling.get() == 0) {
            return 0;
        }
        return WindowSelector.scaleFor(Math.max(sysctls.rmemMax.get(), sock.settings().receiveBuffer));
    }

    /// The window of a SYN.
    static int firstWindow(TcpSock sock) {
        int space = WindowSelector.fullSpace(sock);
        int clamp = sock.opt.windowClamp;
        return Math.min(0xFFFF, clamp > 0 ? Math.min(clamp, space) : space);
    }

    /// Sets up the receiving side before anything is known of the peer.
    public void prepare(TcpSock sock) {
        ReceiveVars rcv = sock.rcv;
        rcv.windowScale = ownScale(sock);
        WindowSelector.first(rcv, firstWindow(sock));
        ReceiveTuning.clamp(sock, WindowSelector.fullSpace(sock));
    }

    /// The peer's SYN tells where its numbers begin.
    static void peerBegins(TcpSock sock, int irs, Cpu cpu) {
        ReceiveVars rcv = sock.rcv;
        DataQueue.begin(rcv, irs);
        WindowSelector.begin(sock, irs + 1);
        Reader.begin(rcv);
        UrgentData.begin(rcv, irs);
        AckProcessor.peerBegins(sock.snd, irs);
    }

    /// Agrees on options by the peer's SYN.
    @Rfc({"7323#2.2", "7323#3.2", "2018#2"})
    void negotiate(TcpSock sock, ParsedOptions options, Cpu cpu) {
        sock.opt.timestamps = options.timestamp && sysctls.timestamps.get() != 0;
        sock.opt.sack = options.sackPermitted && sysctls.sack.get() != 0;
        sock.opt.windowScaling = options.windowScale >= 0 && sysctls.windowScaling.get() != 0;
        sock.snd.peerMss = options.mss == 0 ? DEFAULT_PEER_MSS : options.mss;
        if (sock.opt.timestamps) {
            dev.netstack4j.proto.tcp.input.SegmentCheck.storeTimestamp(sock.rcv, options.tsVal, cpu);
        }
        if (!sock.opt.windowScaling) {
            sock.rcv.windowScale = 0;
        }
    }

    /// Agrees on ECN by the flags of the peer's SYN: a SYN-ACK has ECE alone, a SYN has CWR too.
    @Rfc("3168#6.1.1")
    @Linux("net/ipv4/tcp_input.c#tcp_ecn_rcv_synack")
    static void negotiateEcn(TcpSock sock, int flags) {
        int wanted = (flags & TcpFlags.ACK) != 0 ? TcpFlags.ECE : TcpFlags.ECE | TcpFlags.CWR;
        sock.ecn.agreed = sock.ecn.asked && (flags & (TcpFlags.ECE | TcpFlags.CWR)) == wanted;
    }

    /// The handshake is over.
    @Linux("net/ipv4/tcp_input.c#tcp_init_transfer")
    void established(TcpSock sock, Cpu cpu) {
        transfer(sock, cpu);
        enterEstablished(sock, cpu);
    }

    /// Data may flow.
    void transfer(TcpSock sock, Cpu cpu) {
        sizes.sync(sock);
        AckPolicy.begin(sock.rcv, sock.snd.mss, cpu);
        kinds.assign(sock);
        CongestionWindow.init(sock, cpu);
        if (!sock.isPassiveFastOpen()) {
            RoundTrip.begin(sock.rec);
        }
        tuning.init(sock, cpu);
    }

    /// The state, when data may flow already.
    void enterEstablished(TcpSock sock, Cpu cpu) {
        endings.enter(sock, TcpState.ESTABLISHED, cpu);
        Prediction.check(sock, sysctls.headerPrediction.get() != 0);
        buffer.expand(sock);
        if (sock.settings().keepAlive) {
            timers.keepAlive(sock, cpu.nowNanos() + keepIdleNanos(sock), cpu);
        }
    }

    /// Idle time before the first keep-alive.
    public long keepIdleNanos(TcpSock sock) {
        int set = sock.opt.keepIdleSeconds;
        return (set > 0 ? set : sysctls.keepaliveTime.get()) * 1_000_000_000L;
    }
}
