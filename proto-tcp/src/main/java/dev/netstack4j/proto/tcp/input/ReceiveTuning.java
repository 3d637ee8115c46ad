package dev.netstack4j.proto.tcp.input;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.SockSettings;
import dev.netstack4j.proto.tcp.control.ReceiveVars;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpSysctls;
import dev.netstack4j.proto.tcp.header.ParsedOptions;
import dev.netstack4j.proto.tcp.header.Seq;
import dev.netstack4j.proto.tcp.output.WindowSelector;

/// Lets the receive buffer grow with what the application reads in a round trip (dynamic right-sizing).
public final class ReceiveTuning {
    private static final long MILLI = 1_000_000L;
    private final TcpSysctls sysctls;

    /// One per stack.
    public ReceiveTuning(TcpSysctls sysctls) {
        this.sysctls = sysctls;
    }

    /// The connection is established.
    @Linux("net/ipv4/tcp_input.c#tcp_init_buffer_space")
    public void init(TcpSock sock, Cpu cpu) {
        ReceiveVars rcv = sock.rcv;
        rcv.spaceSeq = rcv.copiedSeq;
        rcv.spaceBeganNanos = cpu.nowNanos();
        rcv.space = Math.min(rcv.wnd, 10 * rcv.segmentEstimate);
        rcv.rttSeq = rcv.nxt + rcv.wnd;
        rcv.rttBeganNanos = cpu.nowNanos();
    }

    /// A round trip as the receiver sees it: from an echo of our timestamp, else the time that a window takes.
    @Linux("net/ipv4/tcp_input.c#tcp_rcv_rtt_measure_ts")
    public void measure(TcpSock sock, ParsedOptions options, int payload, Cpu cpu) {
        ReceiveVars rcv = sock.rcv;
        if (options.timestamp && options.tsEcr != 0) {
            if (options.tsEcr != rcv.rttLastEcho && payload >= rcv.segmentEstimate) {
                rcv.rttLastEcho = options.tsEcr;
                long millis = Math.max(1, sock.timestamp(cpu) - options.tsEcr);
                update(rcv, millis * MILLI, false);
            }
        } else if (!Seq.before(rcv.nxt, rcv.rttSeq)) {
            update(rcv, Math.max(1, cpu.nowNanos() - rcv.rttBeganNanos), true);
            rcv.rttSeq = rcv.nxt + rcv.wnd;
            rcv.rttBeganNanos = cpu.nowNanos();
        }
    }

    @Linux("net/ipv4/tcp_input.c#tcp_rcv_rtt_update")
    private static void update(ReceiveVars rcv, long sample, boolean byWindow) {
        if (rcv.rttNanos == 0) {
            rcv.rttNanos = sample;
        } else if (byWindow) {
            // A window may take longer than a round trip, never less.
            rcv.rttNanos = Math.min(rcv.rttNanos, sample);
        } else {
            rcv.rttNanos += (sample - rcv.rttNanos) / 8;
        }
    }

    /// The application has read: at the end of a round trip make room for twice what it took.
    @Linux("net/ipv4/tcp_input.c#tcp_rcv_space_adjust")
    public void afterRead(TcpSock sock, Cpu cpu) {
        ReceiveVars rcv = sock.rcv;
        long elapsed = cpu.nowNanos() - rcv.spaceBeganNanos;
        if (rcv.rttNanos == 0 || elapsed < rcv.rttNanos) {
            return;
        }
        int copied = rcv.copiedSeq - rcv.spaceSeq;
        if (copied > rcv.space) {
            grow(sock, copied);
            rcv.space = copied;
        }
        rcv.spaceSeq = rcv.copiedSeq;
        rcv.spaceBeganNanos = cpu.nowNanos();
    }

    /// The most that may be announced: `space`, or less when the application asked for less.
    public static void clamp(TcpSock sock, int space) {
        int asked = sock.opt.windowClamp;
        sock.rcv.windowClamp = asked > 0 ? Math.min(asked, space) : space;
    }

    private void grow(TcpSock sock, int copied) {
        SockSettings settings = sock.settings();
        if (sysctls.moderateRcvbuf.get() == 0 || settings.receiveBufferLocked || sock.underPressure()) {
            return;
        }
        long window = 2L * copied + 16L * sock.rcv.segmentEstimate;
        long more = window * (copied - sock.rcv.space) / Math.max(1, sock.rcv.space);
        window += Math.min(2 * more, window);
        int buffer = Math.min(WindowSelector.toSpace(window), sysctls.rmemMax.get());
        if (buffer > settings.receiveBuffer) {
            settings.receiveBuffer = buffer;
            clamp(sock, WindowSelector.fromSpace(buffer));
        }
    }
}
