package dev.netstack4j.proto.tcp.state;

import dev.netstack4j.api.buffer.Checksum;
import dev.netstack4j.api.buffer.ChecksumState;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.protocol.InetFamilyOps;
import dev.netstack4j.api.protocol.IpProtocol;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.control.TcpCounters;
import dev.netstack4j.proto.tcp.header.SegmentControl;
import dev.netstack4j.proto.tcp.header.TcpFlags;
import dev.netstack4j.proto.tcp.header.TcpHeader;
import dev.netstack4j.proto.tcp.header.TcpOptions;

/// Segments that answer a segment without a full socket: RST, and the ACK of TIME-WAIT and half-open connections.
public final class Replies {
    private final SkBuffPool pool;
    private final TcpCounters counters;

    /// One per stack.
    public Replies(SkBuffPool pool, TcpCounters counters) {
        this.pool = pool;
        this.counters = counters;
    }

    /// Answers a segment that nobody wanted. `cause` stays with the caller; a RST is never answered.
    @Rfc("9293#3.10.7.1")
    @Linux("net/ipv4/tcp_ipv4.c#tcp_v4_send_reset")
    public void reset(InetFamilyOps network, SkBuff cause, Cpu cpu) {
        if (SegmentControl.has(cause, TcpFlags.RST)) {
            return;
        }
        counters.outRsts.increment(cpu);
        if (SegmentControl.has(cause, TcpFlags.ACK)) {
            send(network, cause, SegmentControl.ackSeq(cause), 0, TcpFlags.RST, 0, false, 0, 0, cpu);
        } else {
            send(network, cause, 0, SegmentControl.endSeq(cause), TcpFlags.RST | TcpFlags.ACK, 0, false, 0, 0, cpu);
        }
    }

    /// Sends an ACK.
    @Linux("net/ipv4/tcp_ipv4.c#tcp_v4_send_ack")
    public void ack(
            InetFamilyOps network,
            SkBuff cause,
            int seq,
            int ack,
            int window,
            boolean timestamp,
            int tsVal,
            int tsEcr,
            Cpu cpu) {
        send(network, cause, seq, ack, TcpFlags.ACK, window, timestamp, tsVal, tsEcr, cpu);
    }

    private void send(
            InetFamilyOps network,
            SkBuff cause,
            int seq,
            int ack,
            int flags,
            int window,
            boolean timestamp,
            int tsVal,
            int tsEcr,
            Cpu cpu) {
        SkBuff skb = pool.alloc(network.headroom() + TcpHeader.MAX_LENGTH, cpu);
        if (skb == null) {
            return;
        }
        skb.reserve(network.headroom());
        int length = TcpHeader.LENGTH + (timestamp ? TcpOptions.TIMESTAMP_LENGTH : 0);
        int at = skb.put(length);
        skb.resetTransportHeader();
        int ports = TcpHeader.destinationPort(cause) << 16 | TcpHeader.sourcePort(cause);
        TcpHeader.write(skb, at, ports, seq, ack, length, flags, window);
        if (timestamp) {
            TcpOptions.writeTimestamp(skb, at + TcpHeader.LENGTH, tsVal, tsEcr);
        }
        int pseudo = Checksum.fold(network.addressSum(cause) + IpProtocol.TCP + length);
        skb.put16(at + TcpHeader.CHECKSUM_AT, Checksum.finish(Checksum.add(pseudo, skb.sum(0, length))));
        skb.checksumState(ChecksumState.NONE);
        counters.outSegs.increment(cpu);
        network.unicastReply(cause, skb, IpProtocol.TCP, cpu);
    }
}
