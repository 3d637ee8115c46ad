package dev.netstack4j.proto.tcp.recovery;

import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.control.RecoveryVars;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.header.SegmentControl;
import dev.netstack4j.proto.tcp.header.Seq;
import dev.netstack4j.proto.tcp.header.TcpFlags;

/// Counts what is in flight and what the send queues hold; removes what was acknowledged.
public final class RetransmitQueue {
    private RetransmitQueue() {}

    /// The send queues hold that much more memory, or less when negative.
    public static void charge(TcpSock sock, int bytes) {
        sock.snd.queuedTruesize += bytes;
    }

    /// A packet was sent for the first time.
    public static void sent(TcpSock sock, SkBuff skb) {
        sock.snd.packetsOut += SegmentControl.segments(skb);
        sock.snd.sentOrder.addTail(skb);
    }

    /// A packet was sent again.
    public static void sentAgain(TcpSock sock, SkBuff skb, Cpu cpu) {
        RecoveryVars rec = sock.rec;
        int segments = SegmentControl.segments(skb);
        if (!SegmentControl.has(skb, SegmentControl.RETRANSMITTED)) {
            rec.retransmittedOut += segments;
        }
        SegmentControl.set(skb, SegmentControl.RETRANSMITTED | SegmentControl.EVER_RETRANSMITTED);
        sock.snd.sentOrder.addTail(skb);
        rec.totalRetransmits += segments;
        rec.retransmittedBytes += skb.length();
        rec.undoRetransmissions += segments;
        if (rec.retransmitStamp == 0) {
            rec.retransmitStamp = sock.timestamp(cpu);
        }
    }

    /// What waits to be sent again was looked for, from the first segment on, as far as this one.
    public static void lookedAt(RecoveryVars rec, SkBuff skb) {
        rec.retransmitHint = skb;
    }

    /// A SYN-ACK was sent so many times more before there was a socket.
    public static void repeated(RecoveryVars rec, int times) {
        rec.totalRetransmits += times;
    }

    /// Both send queues are about to be emptied.
    public static void forget(TcpSock sock) {
        sock.snd.sentOrder.clear();
        SackWalk.forget(sock.rec);
        sock.rec.retransmitHint = null;
        sock.snd.queuedTruesize = 0;
        sock.snd.packetsOut = 0;
        sock.rec.sackedOut = 0;
        sock.rec.lostOut = 0;
        sock.rec.retransmittedOut = 0;
    }

    /// Frees every packet that ends at or before SND.UNA and says in `sum` what that means. A packet that stands for
    /// several segments is cut where the acknowledgement ends; a single segment acknowledged in part stays whole.
    @Linux("net/ipv4/tcp_input.c#tcp_clean_rtx_queue")
    public static void clean(TcpSock sock, AckSummary sum, ConsumeReason why, Cpu cpu) {
        int una = sock.snd.una;
        SkBuff skb = sock.snd.retransmit.peek();
        while (skb != null && isAcknowledged(sock, skb, una, cpu)) {
            account(sock, skb, sum);
            leave(sock, skb);
            sock.snd.retransmit.unlink(skb);
            charge(sock, -skb.truesize());
            skb.consume(why, cpu);
            skb = sock.snd.retransmit.peek();
        }
        if (!sock.opt.sack && sum.ackedPackets > 0) {
            // Duplicates have told of these already.
            sock.rec.delivered -= Math.min(sock.rec.sackedOut, sum.ackedPackets - 1);
        }
    }

    private static void leave(TcpSock sock, SkBuff skb) {
        RecoveryVars rec = sock.rec;
        sock.snd.sentOrder.remove(skb);
        SackWalk.left(rec, skb);
        if (skb == rec.retransmitHint) {
            rec.retransmitHint = null;
        }
    }

    @Linux("net/ipv4/tcp_input.c#tcp_tso_acked")
    private static boolean isAcknowledged(TcpSock sock, SkBuff skb, int una, Cpu cpu) {
        return Seq.atMost(SegmentControl.endSeq(skb), una)
                || Seq.before(SegmentControl.seq(skb), una)
                        && SegmentCutter.cutSent(sock, skb, una - SegmentControl.seq(skb), cpu);
    }

    @Rfc("6298#3")
    private static void account(TcpSock sock, SkBuff skb, AckSummary sum) {
        RecoveryVars rec = sock.rec;
        int marks = SegmentControl.flags(skb);
        int segments = SegmentControl.segments(skb);
        sum.ackedPackets += segments;
        sock.snd.packetsOut -= segments;
        if ((marks & SegmentControl.RETRANSMITTED) != 0) {
            rec.retransmittedOut -= segments;
        }
        if ((marks & SegmentControl.LOST) != 0) {
            rec.lostOut -= segments;
        }
        if ((marks & SegmentControl.SACKED) != 0) {
            rec.sackedOut -= segments;
        } else {
            rec.delivered += segments;
            Rack.advance(sock, skb, sum.nowNanos);
        }
        // Karn: what was sent twice gives no sample.
        if ((marks & SegmentControl.EVER_RETRANSMITTED) != 0) {
            sum.retransmittedAcked = true;
        } else if ((marks & SegmentControl.SACKED) == 0) {
            sum.originalAcked = true;
            sum.delivered(SegmentControl.seq(skb), SegmentControl.endSeq(skb), rec.highSeq);
            sum.acknowledgedNanos(SegmentControl.sentNanos(skb));
        }
        if ((marks & TcpFlags.SYN) == 0) {
            sum.dataAcked = true;
        }
    }
}
