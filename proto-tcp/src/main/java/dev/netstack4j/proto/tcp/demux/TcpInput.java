package dev.netstack4j.proto.tcp.demux;

import dev.netstack4j.api.buffer.Checksum;
import dev.netstack4j.api.buffer.ChecksumState;
import dev.netstack4j.api.buffer.PacketKind;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.protocol.Dst;
import dev.netstack4j.api.protocol.InetFamilyOps;
import dev.netstack4j.api.protocol.IpProtocol;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.control.ConnectionEntry;
import dev.netstack4j.proto.tcp.control.TcpCounters;
import dev.netstack4j.proto.tcp.control.TcpReasons;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpState;
import dev.netstack4j.proto.tcp.header.SegmentControl;
import dev.netstack4j.proto.tcp.header.TcpHeader;
import dev.netstack4j.proto.tcp.state.Replies;
import dev.netstack4j.proto.tcp.state.StateMachine;
import dev.netstack4j.proto.tcp.state.TimeWaitState;
import org.jspecify.annotations.Nullable;

/// From the network layer to the socket: validate, look up, process or leave in the backlog.
@Rfc("9293#3.10.7")
@Linux("net/ipv4/tcp_ipv4.c#tcp_v4_rcv")
public final class TcpInput {
    private final Demux demux;
    private final StateMachine machine;
    private final TimeWaitState timeWait;
    private final Replies replies;
    private final TcpCounters counters;
    private final TcpReasons reasons;
    private @Nullable InetFamilyOps network;

    /// One per stack.
    public TcpInput(
            Demux demux,
            StateMachine machine,
            TimeWaitState timeWait,
            Replies replies,
            TcpCounters counters,
            TcpReasons reasons) {
        this.demux = demux;
        this.machine = machine;
        this.timeWait = timeWait;
        this.replies = replies;
        this.counters = counters;
        this.reasons = reasons;
    }

    /// The network layer is known.
    public void start(InetFamilyOps ops) {
        network = ops;
        demux.start(ops);
    }

    /// Takes a segment whose transport header is marked at its first byte. Softirq context.
    public void receive(SkBuff skb, Cpu cpu) {
        counters.inSegs.add(cpu, Math.max(1, skb.gsoSegments()));
        InetFamilyOps ops = network;
        if (ops == null || skb.kind() != PacketKind.HOST && skb.kind() != PacketKind.LOOPBACK) {
            skb.drop(reasons.notForHost, cpu);
            return;
        }
        if (!isWellFormed(skb, cpu)) {
            counters.inErrs.increment(cpu);
            skb.drop(reasons.header, cpu);
            return;
        }
        if (!checksumIsRight(ops, skb)) {
            counters.inCsumErrors.increment(cpu);
            counters.inErrs.increment(cpu);
            skb.drop(reasons.checksum, cpu);
            return;
        }
        SegmentControl.fill(skb);
        dispatch(ops, skb, cpu);
    }

    private static boolean isWellFormed(SkBuff skb, Cpu cpu) {
        if (!skb.mayPull(TcpHeader.LENGTH, cpu)) {
            return false;
        }
        skb.resetTransportHeader();
        int length = TcpHeader.length(skb);
        if (length < TcpHeader.LENGTH || !skb.mayPull(length, cpu)) {
            return false;
        }
        skb.resetTransportHeader();
        return true;
    }

    @Linux("net/ipv4/tcp_ipv4.c#tcp_v4_checksum_init")
    private static boolean checksumIsRight(InetFamilyOps ops, SkBuff skb) {
        if (skb.checksumState() == ChecksumState.UNNECESSARY || skb.checksumState() == ChecksumState.PARTIAL) {
            return true;
        }
        int length = skb.length();
        int pseudo = Checksum.fold(ops.addressSum(skb) + IpProtocol.TCP + length);
        return Checksum.add(pseudo, skb.sum(0, length)) == 0xFFFF;
    }

    private void dispatch(InetFamilyOps ops, SkBuff skb, Cpu cpu) {
        ConnectionEntry entry = demux.find(skb, cpu);
        if (entry == null) {
            toListener(ops, skb, cpu);
        } else if (entry.sock != null) {
            toSock(entry.sock, skb, cpu);
        } else if (entry.request != null) {
            toSock(entry.request.listener, skb, cpu);
        } else if (entry.timeWait != null && timeWait.receive(entry.timeWait, ops, skb, cpu) == null) {
            toListener(ops, skb, cpu);
        }
    }

    private void toListener(InetFamilyOps ops, SkBuff skb, Cpu cpu) {
        TcpSock listener = demux.findListener(skb, cpu);
        if (listener != null) {
            toSock(listener, skb, cpu);
            return;
        }
        replies.reset(ops, skb, cpu);
        skb.drop(reasons.noSocket, cpu);
    }

    private void toSock(TcpSock sock, SkBuff skb, Cpu cpu) {
        if (sock.minTtl() > demux.hopLimit(cpu)) {
            counters.minTtlDrop.increment(cpu);
            skb.drop(reasons.minTtl, cpu);
            return;
        }
        sock.context().saveRxHash(skb);
        if (sock.context().tryOwn(cpu)) {
            machine.receive(sock, skb, cpu);
            sock.context().release(cpu);
        } else if (!sock.context().backlog(skb, cpu)) {
            counters.backlogDrop.increment(cpu);
            skb.drop(reasons.backlogFull, cpu);
        }
    }

    /// Finds the connection before routing and sets the route that its segments come in by.
    @Linux("net/ipv4/tcp_ipv4.c#tcp_v4_early_demux")
    public void earlyDemux(SkBuff skb, Cpu cpu) {
        if (skb.headLength() < TcpHeader.LENGTH) {
            return;
        }
        ConnectionEntry entry = demux.find(skb, cpu);
        TcpSock sock = entry == null ? null : entry.sock;
        if (sock == null || sock.state() != TcpState.ESTABLISHED) {
            return;
        }
        Dst dst = sock.receiveDst;
        if (dst != null && dst.isValid() && dst.device() == skb.dev()) {
            skb.dst(dst);
        }
    }
}
