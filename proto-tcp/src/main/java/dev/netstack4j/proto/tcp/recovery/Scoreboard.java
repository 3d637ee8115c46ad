package dev.netstack4j.proto.tcp.recovery;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.control.RecoveryVars;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.header.ParsedOptions;
import dev.netstack4j.proto.tcp.header.SegmentControl;
import dev.netstack4j.proto.tcp.header.Seq;

/// Which sent segments the peer has, by SACK or by counting duplicate acknowledgements, and which are lost.
@Rfc("6675")
public final class Scoreboard {
    private Scoreboard() {}

    /// Marks what the blocks of an acknowledgement report.
    @Rfc("2018#5")
    @Linux("net/ipv4/tcp_input.c#tcp_sacktag_write_queue")
    public static void tag(TcpSock sock, ParsedOptions options, int ack, AckSummary sum, Cpu cpu) {
        if (sock.rec.sackedOut == 0) {
            sock.rec.highestSacked = sock.snd.una;
        }
        for (int i = 0; i < options.sackBlocks; i++) {
            int start = options.sackStart[i];
            int end = options.sackEnd[i];
            if (i == 0 && isDuplicateReport(options, ack)) {
                duplicateReported(sock, sum);
            } else if (isValid(sock, start, end)) {
                tagBlock(sock, start, end, sum, cpu);
            }
        }
    }

    /// The first block reports a duplicate when the cumulative acknowledgement or the second block covers it.
    @Rfc("2883#4")
    private static boolean isDuplicateReport(ParsedOptions o, int ack) {
        boolean acked = Seq.before(o.sackStart[0], ack);
        boolean inside = o.sackBlocks > 1
                && Seq.atMost(o.sackEnd[0], o.sackEnd[1])
                && Seq.atMost(o.sackStart[1], o.sackStart[0]);
        return acked || inside;
    }

    private static void duplicateReported(TcpSock sock, AckSummary sum) {
        sum.duplicateReported = true;
        if (sock.rec.undoPossible && sock.rec.undoRetransmissions > 0) {
            sock.rec.undoRetransmissions--;
        }
    }

    private static boolean isValid(TcpSock sock, int start, int end) {
        return Seq.before(start, end) && Seq.atMost(end, sock.snd.nxt) && Seq.after(end, sock.snd.una);
    }

    private static void tagBlock(TcpSock sock, int start, int end, AckSummary sum, Cpu cpu) {
        SkBuff skb = sock.snd.retransmit.peek();
        while (skb != null && Seq.before(SegmentControl.seq(skb), end)) {
            cutAtEdges(sock, skb, start, end, cpu);
            boolean covered = Seq.atMost(start, SegmentControl.seq(skb)) && Seq.atMost(SegmentControl.endSeq(skb), end);
            if (covered && !SegmentControl.has(skb, SegmentControl.SACKED)) {
                tagOne(sock, skb, sum.nowNanos);
                sum.newlySacked = true;
            }
            skb = skb.next();
        }
    }

    /// Cuts a packet that stands for several segments where the reported block begins and where it ends, so that a part
    /// of it can be marked; always between segments.
    @Linux("net/ipv4/tcp_input.c#tcp_match_skb_to_sack")
    private static void cutAtEdges(TcpSock sock, SkBuff skb, int start, int end, Cpu cpu) {
        int mss = skb.gsoSize();
        int seq = SegmentControl.seq(skb);
        if (mss == 0 || SegmentControl.has(skb, SegmentControl.SACKED)) {
            return;
        }
        if (Seq.before(seq, start)) {
            SegmentCutter.cutSent(sock, skb, (start - seq + mss - 1) / mss * mss, cpu);
        } else if (Seq.before(end, SegmentControl.endSeq(skb))) {
            SegmentCutter.cutSent(sock, skb, (end - seq) / mss * mss, cpu);
        }
    }

    private static void tagOne(TcpSock sock, SkBuff skb, long now) {
        RecoveryVars rec = sock.rec;
        int segments = SegmentControl.segments(skb);
        noteDelivered(sock, skb, now);
        if (SegmentControl.has(skb, SegmentControl.LOST)) {
            rec.lostOut -= segments;
        }
        if (SegmentControl.has(skb, SegmentControl.RETRANSMITTED)) {
            rec.retransmittedOut -= segments;
        }
        SegmentControl.clear(skb, SegmentControl.LOST | SegmentControl.RETRANSMITTED);
        SegmentControl.set(skb, SegmentControl.SACKED);
        rec.sackedOut += segments;
        rec.delivered += segments;
        rec.highestSacked = Seq.max(rec.highestSacked, SegmentControl.endSeq(skb));
    }

    /// Remembers when the latest sent of the delivered segments was sent. What was sent twice counts only when the
    /// answer came late enough to be one to the second copy.
    @Rfc("8985#6.2")
    static void noteDelivered(TcpSock sock, SkBuff skb, long now) {
        RecoveryVars rec = sock.rec;
        long sent = SegmentControl.sentNanos(skb);
        boolean doubtful = SegmentControl.has(skb, SegmentControl.EVER_RETRANSMITTED) && now - sent < rec.srttNanos / 2;
        if (!doubtful && sent > rec.latestDeliveredNanos) {
            rec.latestDeliveredNanos = sent;
        }
    }

    /// Takes for lost what lies below as many SACKed segments as mean a loss, and what was sent clearly before a
    /// segment that has been delivered, retransmissions too. The timer of RACK is not implemented: without further
    /// acknowledgements the tail probe decides.
    @Rfc({"6675#4", "8985#6.2"})
    @Linux("net/ipv4/tcp_recovery.c#tcp_rack_detect_loss")
    public static void markLostBySack(TcpSock sock) {
        RecoveryVars rec = sock.rec;
        if (rec.sackedOut == 0 && rec.retransmittedOut == 0) {
            return;
        }
        long lostBefore = rec.latestDeliveredNanos - rec.srttNanos / 4;
        int seen = 0;
        SkBuff skb = sock.snd.retransmit.peekTail();
        while (skb != null) {
            if (SegmentControl.has(skb, SegmentControl.SACKED)) {
                seen += SegmentControl.segments(skb);
            } else if (SegmentControl.sentNanos(skb) < lostBefore) {
                markLostAgain(rec, skb);
            } else if (seen >= rec.reordering) {
                markLost(rec, skb);
            }
            skb = skb.prev();
        }
    }

    private static void markLostAgain(RecoveryVars rec, SkBuff skb) {
        if (SegmentControl.has(skb, SegmentControl.RETRANSMITTED)) {
            SegmentControl.clear(skb, SegmentControl.RETRANSMITTED);
            rec.retransmittedOut -= SegmentControl.segments(skb);
        }
        markLost(rec, skb);
    }

    /// Takes the first segment for lost.
    public static void markHeadLost(TcpSock sock, Cpu cpu) {
        SkBuff skb = sock.snd.retransmit.peek();
        if (skb != null && !SegmentControl.has(skb, SegmentControl.SACKED | SegmentControl.LOST)) {
            SegmentCutter.cutSent(sock, skb, skb.gsoSize(), cpu);
            markLost(sock.rec, skb);
        }
    }

    private static void markLost(RecoveryVars rec, SkBuff skb) {
        if (!SegmentControl.has(skb, SegmentControl.LOST | SegmentControl.RETRANSMITTED)) {
            SegmentControl.set(skb, SegmentControl.LOST);
            rec.lostOut += SegmentControl.segments(skb);
        }
    }

    /// After a timeout everything that the peer has not reported is taken for lost, retransmissions too.
    @Linux("net/ipv4/tcp_input.c#tcp_timeout_mark_lost")
    public static void markAllLost(TcpSock sock) {
        RecoveryVars rec = sock.rec;
        rec.retransmittedOut = 0;
        rec.lostOut = 0;
        SkBuff head = sock.snd.retransmit.peek();
        boolean reneged = head != null && SegmentControl.has(head, SegmentControl.SACKED);
        if (!sock.opt.sack || reneged) {
            forgetReports(sock);
        }
        for (SkBuff skb = sock.snd.retransmit.peek(); skb != null; skb = skb.next()) {
            SegmentControl.clear(skb, SegmentControl.RETRANSMITTED | SegmentControl.LOST);
            if (!SegmentControl.has(skb, SegmentControl.SACKED)) {
                SegmentControl.set(skb, SegmentControl.LOST);
                rec.lostOut += SegmentControl.segments(skb);
            }
        }
    }

    /// The peer has thrown away what it had reported: the first segment is reported and yet not acknowledged.
    @Rfc("2018#8")
    private static void forgetReports(TcpSock sock) {
        sock.rec.sackedOut = 0;
        for (SkBuff skb = sock.snd.retransmit.peek(); skb != null; skb = skb.next()) {
            SegmentControl.clear(skb, SegmentControl.SACKED);
        }
    }

    /// Without SACK: a duplicate acknowledgement stands for one segment that arrived.
    @Linux("net/ipv4/tcp_input.c#tcp_add_reno_sack")
    public static void addDuplicate(TcpSock sock) {
        RecoveryVars rec = sock.rec;
        int most = sock.snd.packetsOut - Math.max(1, rec.lostOut);
        if (rec.sackedOut < most) {
            rec.sackedOut++;
            rec.delivered++;
        }
    }

    /// Without SACK: an acknowledgement of new data covers duplicates counted before.
    @Linux("net/ipv4/tcp_input.c#tcp_remove_reno_sacks")
    public static void removeDuplicates(TcpSock sock, int acked) {
        RecoveryVars rec = sock.rec;
        if (acked > 0) {
            rec.sackedOut = Math.max(0, rec.sackedOut - Math.max(0, acked - 1));
        }
        rec.sackedOut = Math.min(rec.sackedOut, Math.max(0, sock.snd.packetsOut - rec.lostOut));
    }
}
