package dev.netstack4j.proto.tcp.input;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.control.ReceiveVars;
import dev.netstack4j.proto.tcp.control.TcpCounters;
import dev.netstack4j.proto.tcp.control.TcpReasons;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.header.ParsedOptions;
import dev.netstack4j.proto.tcp.header.SegmentControl;
import dev.netstack4j.proto.tcp.header.Seq;
import dev.netstack4j.proto.tcp.header.TcpFlags;
import dev.netstack4j.proto.tcp.header.TcpHeader;
import dev.netstack4j.proto.tcp.header.TcpOptions;

/// Header prediction: the segment that was expected, either the next data or a pure acknowledgement, with few questions
/// asked.
@Linux("net/ipv4/tcp_input.c#tcp_rcv_established")
public final class FastPath {
    private static final int IGNORED = TcpFlags.PSH << 16;
    private final AckProcessor acks;
    private final AckPolicy policy;
    private final DataQueue data;
    private final EcnReceiver ecn;
    private final ReceiveTuning tuning;
    private final TcpCounters counters;
    private final TcpReasons reasons;

    /// One per stack.
    public FastPath(
            AckProcessor acks,
            AckPolicy policy,
            DataQueue data,
            EcnReceiver ecn,
            ReceiveTuning tuning,
            TcpCounters counters,
            TcpReasons reasons) {
        this.acks = acks;
        this.policy = policy;
        this.data = data;
        this.ecn = ecn;
        this.tuning = tuning;
        this.counters = counters;
        this.reasons = reasons;
    }

    /// Takes the segment if it is what was predicted.
    ///
    /// @return false when it was not: the caller still owns it, and nothing has changed but `options`
    public boolean take(TcpSock sock, SkBuff skb, ParsedOptions options, Cpu cpu) {
        ReceiveVars rcv = sock.rcv;
        int word = TcpHeader.word3(skb);
        if ((word & ~IGNORED) != rcv.predicted || SegmentControl.seq(skb) != rcv.nxt) {
            return false;
        }
        int ack = SegmentControl.ackSeq(skb);
        if (Seq.after(ack, sock.snd.nxt) || Seq.before(ack, sock.snd.una)) {
            return false;
        }
        int headerLength = word >>> 28 << 2;
        options.clear();
        if (headerLength != TcpHeader.LENGTH && !timestampIsFine(sock, skb, options)) {
            return false;
        }
        if (skb.length() == headerLength) {
            pureAck(sock, skb, options, cpu);
            return true;
        }
        return data.fitsQuickly(sock, skb) && data(sock, skb, options, headerLength, cpu);
    }

    private static boolean timestampIsFine(TcpSock sock, SkBuff skb, ParsedOptions options) {
        int at = skb.transportHeader() + TcpHeader.LENGTH;
        if (skb.get32(at) != TcpOptions.TIMESTAMP_WORD) {
            return false;
        }
        options.timestamp = true;
        options.tsVal = skb.get32(at + 4);
        options.tsEcr = skb.get32(at + 8);
        return options.tsVal - sock.rcv.tsRecent >= 0;
    }

    private static void keepTimestamp(ReceiveVars rcv, ParsedOptions options, Cpu cpu) {
        if (options.timestamp && rcv.nxt == rcv.wup) {
            SegmentCheck.storeTimestamp(rcv, options.tsVal, cpu);
        }
    }

    private void pureAck(TcpSock sock, SkBuff skb, ParsedOptions options, Cpu cpu) {
        keepTimestamp(sock.rcv, options, cpu);
        acks.fast(sock, skb, options, cpu);
        skb.consume(reasons.control, cpu);
        acks.sendCheck(sock, cpu);
    }

    private boolean data(TcpSock sock, SkBuff skb, ParsedOptions options, int headerLength, Cpu cpu) {
        keepTimestamp(sock.rcv, options, cpu);
        counters.hpHits.increment(cpu);
        int payload = skb.length() - headerLength;
        tuning.measure(sock, options, payload, cpu);
        boolean acknowledges = SegmentControl.ackSeq(skb) != sock.snd.una;
        if (acknowledges) {
            acks.fast(sock, skb, options, cpu);
        }
        ecn.data(sock, skb, cpu);
        int longest = SegmentControl.longestSegment(skb, payload);
        skb.pull(headerLength);
        data.append(sock, skb, cpu);
        policy.dataReceived(sock, longest, cpu);
        if (acknowledges) {
            acks.sendCheck(sock, cpu);
        }
        policy.check(sock, cpu);
        sock.dataReady(cpu);
        return true;
    }
}
