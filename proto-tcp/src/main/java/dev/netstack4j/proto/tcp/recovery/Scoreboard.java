package dev.netstack4j.proto.tcp.recovery;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.control.RecoveryVars;
import dev.netstack4j.proto.tcp.control.RecoveryVars.Phase;
import dev.netstack4j.proto.tcp.control.TcpCounters;
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
            SackWalk.forget(sock.rec);
        }
        sum.priorHighest = sock.rec.highestSacked;
        int first = 0;
        if (options.sackBlocks > 0 && isDuplicateReport(options, ack)) {
            duplicateReported(sock, options.sackStart[0], options.sackEnd[0], sum);
            first = 1;
        }
        sort(options, first);
        for (int i = first; i < options.sackBlocks; i++) {
            if (isValid(sock, options.sackStart[i], options.sackEnd[i])) {
                tagBlock(sock, options.sackStart[i], options.sackEnd[i], sum, cpu);
            }
        }
        sock.rec.seenBlocks = 0;
        for (int i = first; i < options.sackBlocks; i++) {
            if (isValid(sock, options.sackStart[i], options.sackEnd[i])) {
                SackWalk.remember(sock.rec, options.sackStart[i], options.sackEnd[i]);
            }
        }
    }

    /// Blocks come with the latest first. In the order of the queue, what was sent last is seen last, and RACK measures
    /// its round trip.
    private static void sort(ParsedOptions options, int first) {
        for (int i = first + 1; i < options.sackBlocks; i++) {
            for (int k = i; k > first && Seq.before(options.sackStart[k], options.sackStart[k - 1]); k--) {
                swap(options.sackStart, k);
                swap(options.sackEnd, k);
            }
        }
    }

    private static void swap(int[] edges, int k) {
        int edge = edges[k];
        edges[k] = edges[k - 1];
        edges[k - 1] = edge;
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

    @Linux("net/ipv4/tcp_input.c#tcp_dsack_seen")
    private static void duplicateReported(TcpSock sock, int start, int end, AckSummary sum) {
        int length = end - start;
        if (length <= 0 || length > sock.snd.maxWindow) {
            return;
        }
        sum.duplicateReported = true;
        sum.duplicateOfProbe = sock.rec.probeOut && end == sock.rec.probeSeq;
        int mss = Math.max(1, sock.snd.mss);
        int segments = (length + mss - 1) / mss;
        sock.rec.reportedDuplicates += segments;
        Undo.duplicates(sock, end, segments);
    }

    private static boolean isValid(TcpSock sock, int start, int end) {
        return Seq.before(start, end) && Seq.atMost(end, sock.snd.nxt) && Seq.after(end, sock.snd.una);
    }

    private static void tagBlock(TcpSock sock, int start, int end, AckSummary sum, Cpu cpu) {
        int at = SackWalk.unseen(sock.rec, start);
        while (Seq.before(at, end)) {
            int until = SackWalk.nextSeen(sock.rec, at, end);
            tagPart(sock, start, end, at, until, sum, cpu);
            at = SackWalk.unseen(sock.rec, until);
        }
    }

    /// Marks the segments of a block from `from` on that begin before `until`.
    private static void tagPart(TcpSock sock, int start, int end, int from, int until, AckSummary sum, Cpu cpu) {
        SkBuff skb = SackWalk.find(sock, from);
        while (skb != null && Seq.before(SegmentControl.seq(skb), until)) {
            sock.rec.sackHint = skb;
            cutAtEdges(sock, skb, start, end, cpu);
            boolean covered = Seq.atMost(start, SegmentControl.seq(skb)) && Seq.atMost(SegmentControl.endSeq(skb), end);
            if (covered && !SegmentControl.has(skb, SegmentControl.SACKED)) {
                tagOne(sock, skb, sum);
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

    @Linux("net/ipv4/tcp_input.c#tcp_sacktag_one")
    private static void tagOne(TcpSock sock, SkBuff skb, AckSummary sum) {
        RecoveryVars rec = sock.rec;
        int segments = SegmentControl.segments(skb);
        Rack.advance(sock, skb, sum.nowNanos);
        if (SegmentControl.has(skb, SegmentControl.LOST)) {
            rec.lostOut -= segments;
        }
        if (SegmentControl.has(skb, SegmentControl.RETRANSMITTED)) {
            rec.retransmittedOut -= segments;
        }
        if (!SegmentControl.has(skb, SegmentControl.EVER_RETRANSMITTED)) {
            sum.delivered(SegmentControl.seq(skb), SegmentControl.endSeq(skb), rec.highSeq);
            sum.sackedNanos(SegmentControl.sentNanos(skb));
        }
        SegmentControl.clear(skb, SegmentControl.LOST | SegmentControl.RETRANSMITTED);
        SegmentControl.set(skb, SegmentControl.SACKED);
        sock.snd.sentOrder.remove(skb);
        rec.sackedOut += segments;
        rec.delivered += segments;
        if (Seq.after(SegmentControl.endSeq(skb), rec.highestSacked)) {
            rec.highestSacked = SegmentControl.endSeq(skb);
            rec.highestSackedSkb = skb;
        }
    }

    /// Without RACK: takes for lost what lies below as many SACKed segments as mean a loss.
    @Rfc("6675#4")
    @Linux("net/ipv4/tcp_input.c#tcp_update_scoreboard")
    static void markLostByReports(TcpSock sock, TcpCounters counters, Cpu cpu) {
        RecoveryVars rec = sock.rec;
        int seen = 0;
        for (SkBuff skb = sock.snd.retransmit.peekTail(); skb != null && rec.sackedOut > 0; skb = skb.prev()) {
            if (SegmentControl.has(skb, SegmentControl.SACKED)) {
                seen += SegmentControl.segments(skb);
            } else if (seen >= rec.reordering && !SegmentControl.has(skb, SegmentControl.RETRANSMITTED)) {
                markLost(sock, skb, counters, cpu);
            }
        }
    }

    /// Without SACK: the first segment is lost after so many duplicates, and again at each partial acknowledgement.
    @Rfc("6582#3.2")
    @Linux("net/ipv4/tcp_recovery.c#tcp_newreno_mark_lost")
    static void markLostByDuplicates(TcpSock sock, boolean progress, TcpCounters counters, Cpu cpu) {
        RecoveryVars rec = sock.rec;
        boolean enough = rec.phase.ordinal() < Phase.RECOVERY.ordinal() && rec.sackedOut >= rec.reordering;
        if (enough || rec.phase == Phase.RECOVERY && progress) {
            markHeadLost(sock, counters, cpu);
        }
    }

    /// Segments that are longer than `mss`.
    static void markTooLong(TcpSock sock, int mss, TcpCounters counters, Cpu cpu) {
        RecoveryVars rec = sock.rec;
        for (SkBuff skb = sock.snd.retransmit.peek(); skb != null; skb = skb.next()) {
            if ((skb.gsoSize() == 0 ? skb.length() : skb.gsoSize()) > mss) {
                markLost(sock, skb, counters, cpu);
            }
        }
        if (!sock.opt.sack) {
            rec.sackedOut = Math.min(rec.sackedOut, Math.max(0, sock.snd.packetsOut - rec.lostOut));
        }
    }

    /// Takes the first segment for lost.
    static void markHeadLost(TcpSock sock, TcpCounters counters, Cpu cpu) {
        SkBuff skb = sock.snd.retransmit.peek();
        if (skb != null && !SegmentControl.has(skb, SegmentControl.SACKED | SegmentControl.LOST)) {
            SegmentCutter.cutSent(sock, skb, skb.gsoSize(), cpu);
            markLost(sock, skb, counters, cpu);
        }
    }

    /// Takes a segment for lost; one that was sent again is lost again.
    @Linux("net/ipv4/tcp_input.c#tcp_mark_skb_lost")
    static void markLost(TcpSock sock, SkBuff skb, TcpCounters counters, Cpu cpu) {
        RecoveryVars rec = sock.rec;
        int marks = SegmentControl.flags(skb);
        if ((marks & SegmentControl.SACKED) != 0) {
            return;
        }
        isWanted(sock, skb);
        if ((marks & SegmentControl.LOST) == 0) {
            SegmentControl.set(skb, SegmentControl.LOST);
            rec.lostOut += SegmentControl.segments(skb);
        } else if ((marks & SegmentControl.RETRANSMITTED) != 0) {
            SegmentControl.clear(skb, SegmentControl.RETRANSMITTED);
            rec.retransmittedOut -= SegmentControl.segments(skb);
            counters.lostRetransmit.increment(cpu);
        }
    }

    /// A segment is to be sent again, and cannot be late until then.
    @Linux("net/ipv4/tcp_input.c#tcp_verify_retransmit_hint")
    private static void isWanted(TcpSock sock, SkBuff skb) {
        SkBuff hint = sock.rec.retransmitHint;
        sock.snd.sentOrder.remove(skb);
        if (hint != null && Seq.before(SegmentControl.seq(skb), SegmentControl.seq(hint))) {
            sock.rec.retransmitHint = skb;
        }
    }

    /// After a timeout everything that the peer has not reported is taken for lost, retransmissions too; with RACK not
    /// what was sent within the last round trip.
    @Linux("net/ipv4/tcp_input.c#tcp_timeout_mark_lost")
    static void markAllLost(TcpSock sock, boolean rack, TcpCounters counters, Cpu cpu) {
        RecoveryVars rec = sock.rec;
        SkBuff head = sock.snd.retransmit.peek();
        boolean reneged = head != null && SegmentControl.has(head, SegmentControl.SACKED);
        if (reneged) {
            counters.sackReneging.increment(cpu);
        }
        if (!sock.opt.sack || reneged) {
            forgetReports(sock);
        }
        for (SkBuff skb = head; skb != null; skb = skb.next()) {
            boolean recent =
                    skb != head && !reneged && rack && sock.opt.sack && Rack.timeLeft(rec, skb, 0, cpu.nowNanos()) > 0;
            if (!recent) {
                markLostAgain(sock, skb);
            }
        }
    }

    private static void markLostAgain(TcpSock sock, SkBuff skb) {
        RecoveryVars rec = sock.rec;
        int marks = SegmentControl.flags(skb);
        if ((marks & SegmentControl.SACKED) != 0) {
            return;
        }
        isWanted(sock, skb);
        if ((marks & SegmentControl.RETRANSMITTED) != 0) {
            SegmentControl.clear(skb, SegmentControl.RETRANSMITTED);
            rec.retransmittedOut -= SegmentControl.segments(skb);
        }
        if ((marks & SegmentControl.LOST) == 0) {
            SegmentControl.set(skb, SegmentControl.LOST);
            rec.lostOut += SegmentControl.segments(skb);
        }
    }

    /// The peer has thrown away what it had reported: the first segment is reported and yet not acknowledged.
    @Rfc("2018#8")
    private static void forgetReports(TcpSock sock) {
        sock.rec.sackedOut = 0;
        SackWalk.forget(sock.rec);
        for (SkBuff skb = sock.snd.retransmit.peek(); skb != null; skb = skb.next()) {
            SegmentControl.clear(skb, SegmentControl.SACKED);
        }
    }

    /// Without SACK: a duplicate acknowledgement stands for one segment that arrived.
    ///
    /// @return false when there are more than there can be segments beyond the gap
    @Linux("net/ipv4/tcp_input.c#tcp_add_reno_sack")
    static boolean addDuplicate(TcpSock sock) {
        RecoveryVars rec = sock.rec;
        int most = sock.snd.packetsOut - Math.max(1, rec.lostOut);
        if (rec.sackedOut >= most) {
            return false;
        }
        rec.sackedOut++;
        rec.delivered++;
        return true;
    }

    /// Without SACK: an acknowledgement of new data covers duplicates counted before.
    @Linux("net/ipv4/tcp_input.c#tcp_remove_reno_sacks")
    static void removeDuplicates(TcpSock sock, int acked) {
        RecoveryVars rec = sock.rec;
        if (sock.opt.sack) {
            return;
        }
        if (acked > 0) {
            rec.sackedOut = Math.max(0, rec.sackedOut - Math.max(0, acked - 1));
        }
        rec.sackedOut = Math.min(rec.sackedOut, Math.max(0, sock.snd.packetsOut - rec.lostOut));
    }
}
