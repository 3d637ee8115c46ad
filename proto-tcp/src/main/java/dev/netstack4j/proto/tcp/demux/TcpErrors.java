package dev.netstack4j.proto.tcp.demux;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.protocol.AddressPair;
import dev.netstack4j.api.protocol.InetError;
import dev.netstack4j.api.protocol.InetFamilyOps;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.control.ConnectionEntry;
import dev.netstack4j.proto.tcp.control.FastOpenVars;
import dev.netstack4j.proto.tcp.control.TcpCounters;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpState;
import dev.netstack4j.proto.tcp.header.Seq;
import dev.netstack4j.proto.tcp.header.TcpHeader;
import dev.netstack4j.proto.tcp.output.Retransmitter;
import dev.netstack4j.proto.tcp.output.SegmentSize;
import dev.netstack4j.proto.tcp.recovery.LossRecovery;
import dev.netstack4j.proto.tcp.state.Endings;
import org.jspecify.annotations.Nullable;

/// What ICMP errors do: a fatal one ends a connection attempt, others are remembered, "fragmentation needed" shrinks
/// segments. The quoted sequence number must lie in what is in flight.
@Rfc({"5927", "1191"})
@Linux("net/ipv4/tcp_ipv4.c#tcp_v4_err")
public final class TcpErrors {
    private static final int NOTHING_FITS = -1;
    private final Demux demux;
    private final Endings endings;
    private final SegmentSize sizes;
    private final LossRecovery recovery;
    private final Retransmitter retransmitter;
    private final TcpCounters counters;
    private final AddressPair[] pairs;
    private @Nullable InetFamilyOps network;

    /// One per stack.
    public TcpErrors(
            Demux demux,
            Endings endings,
            SegmentSize sizes,
            LossRecovery recovery,
            Retransmitter retransmitter,
            TcpCounters counters,
            int cpus) {
        this.demux = demux;
        this.endings = endings;
        this.sizes = sizes;
        this.recovery = recovery;
        this.retransmitter = retransmitter;
        this.counters = counters;
        pairs = new AddressPair[cpus];
        for (int i = 0; i < cpus; i++) {
            pairs[i] = new AddressPair();
        }
    }

    /// The network layer is known.
    public void start(InetFamilyOps ops) {
        network = ops;
    }

    /// An ICMP error quotes a segment of ours. The skb stays with the caller.
    public void receive(SkBuff quoted, InetError error, Cpu cpu) {
        InetFamilyOps ops = network;
        if (ops == null) {
            return;
        }
        AddressPair p = pairs[cpu.id()];
        ops.addresses(quoted, p);
        ConnectionEntry entry = demux.findOutgoing(p, quoted.get32(quoted.transportHeader()));
        TcpSock sock = entry == null ? null : entry.sock;
        if (sock == null || !sock.context().tryOwn(cpu)) {
            return;
        }
        act(sock, TcpHeader.seq(quoted), error, cpu);
        sock.context().release(cpu);
    }

    private void act(TcpSock sock, int seq, InetError error, Cpu cpu) {
        if (sock.state() == TcpState.CLOSED) {
            return;
        }
        if (!Seq.between(seq, sock.snd.una, sock.snd.nxt)) {
            counters.outOfWindowIcmps.increment(cpu);
            return;
        }
        if (error.mtu() > 0) {
            pathMtu(sock, error.mtu(), cpu);
            return;
        }
        boolean opening = sock.state() == TcpState.SYN_SENT || sock.state() == TcpState.SYN_RECEIVED;
        if (sock.isPassiveFastOpen()) {
            sock.softError = error.errno(); // its application may have it already
        } else if (opening) {
            // Linux gives up at once for soft errors too, so that connect tells that nobody is there.
            endings.fail(sock, Errno.of(error.errno()), cpu);
        } else {
            sock.softError = error.errno();
        }
    }

    /// The route knows the new MTU already; segments in flight that are too long are sent again at once.
    @Linux("net/ipv4/tcp_ipv4.c#tcp_v4_mtu_reduced")
    private void pathMtu(TcpSock sock, int mtu, Cpu cpu) {
        if (mtu >= sock.snd.pathMtu) {
            return;
        }
        sizes.current(sock);
        if (sock.snd.pathMtu > mtu) {
            sizes.sync(sock, mtu);
        }
        if (recovery.onPathMtu(sock, isSynWithData(sock) ? NOTHING_FITS : sock.snd.mss, cpu)) {
            retransmitter.run(sock, cpu);
        }
    }

    /// It went out as one packet and is kept as two, neither of which is too long.
    private static boolean isSynWithData(TcpSock sock) {
        FastOpenVars early = sock.fastOpen;
        return sock.state() == TcpState.SYN_SENT && early != null && early.synData;
    }
}
