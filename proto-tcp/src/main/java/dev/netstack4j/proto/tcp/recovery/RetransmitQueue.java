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

/// Removes what was acknowledged.
public final class RetransmitQueue {
    private RetransmitQueue() {}

    /// Frees every segment that ends at or before SND.UNA and says in `sum` what that means. A segment acknowledged in
    /// part stays whole.
    @Linux("net/ipv4/tcp_input.c#tcp_clean_rtx_queue")
    public static void clean(TcpSock sock, AckSummary sum, ConsumeReason why, Cpu cpu) {
        int una = sock.snd.una;
        SkBuff skb = sock.snd.retransmit.peek();
        while (skb != null && Seq.atMost(SegmentControl.endSeq(skb), una)) {
            account(sock, skb, sum);
            sock.snd.retransmit.unlink(skb);
            sock.snd.queuedTruesize -= skb.truesize();
            skb.consume(why, cpu);
            skb = sock.snd.retransmit.peek();
        }
    }

    @Rfc("6298#3")
    private static void account(TcpSock sock, SkBuff skb, AckSummary sum) {
        RecoveryVars rec = sock.rec;
        int marks = SegmentControl.flags(skb);
        sum.ackedPackets++;
        sock.snd.packetsOut--;
        if ((marks & SegmentControl.RETRANSMITTED) != 0) {
            rec.retransmittedOut--;
        }
        if ((marks & SegmentControl.LOST) != 0) {
            rec.lostOut--;
        }
        if ((marks & SegmentControl.SACKED) != 0) {
            rec.sackedOut--;
        } else {
            rec.delivered++;
            Scoreboard.noteDelivered(sock, skb, sum.nowNanos);
        }
        // Karn: what was sent twice gives no sample.
        if ((marks & SegmentControl.EVER_RETRANSMITTED) != 0) {
            sum.retransmittedAcked = true;
        } else if ((marks & SegmentControl.SACKED) == 0) {
            sum.originalAcked = true;
            if (sum.firstSentNanos < 0) {
                sum.firstSentNanos = SegmentControl.sentNanos(skb);
            }
        }
        if ((marks & TcpFlags.SYN) == 0) {
            sum.dataAcked = true;
        }
    }
}
