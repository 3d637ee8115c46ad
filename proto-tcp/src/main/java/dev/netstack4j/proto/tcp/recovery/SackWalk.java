package dev.netstack4j.proto.tcp.recovery;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.proto.tcp.control.RecoveryVars;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.header.SegmentControl;
import dev.netstack4j.proto.tcp.header.Seq;
import org.jspecify.annotations.Nullable;

/// Where in the retransmit queue reports have to be looked up: what the last acknowledgement reported already is passed
/// over, and the rest is found from the nearest place that is known.
@Linux("net/ipv4/tcp_input.c#tcp_sacktag_skip")
final class SackWalk {
    private SackWalk() {}

    /// Nothing was reported.
    static void forget(RecoveryVars rec) {
        rec.seenBlocks = 0;
        rec.sackHint = null;
        rec.highestSackedSkb = null;
    }

    /// A segment leaves the queue.
    static void left(RecoveryVars rec, SkBuff skb) {
        if (skb == rec.sackHint) {
            rec.sackHint = null;
        }
        if (skb == rec.highestSackedSkb) {
            rec.highestSackedSkb = null;
        }
    }

    /// A block of an acknowledgement has been looked up.
    @Linux("include/linux/tcp.h#recv_sack_cache")
    static void remember(RecoveryVars rec, int start, int end) {
        rec.seenStart[rec.seenBlocks] = start;
        rec.seenEnd[rec.seenBlocks++] = end;
    }

    /// The first byte from `at` on that the last acknowledgement did not report.
    static int unseen(RecoveryVars rec, int at) {
        int before;
        int found = at;
        do {
            before = found;
            for (int i = 0; i < rec.seenBlocks; i++) {
                if (Seq.atMost(rec.seenStart[i], found) && Seq.before(found, rec.seenEnd[i])) {
                    found = rec.seenEnd[i];
                }
            }
        } while (found != before);
        return found;
    }

    /// Where the next block begins, after `at` and before `end`, that the last acknowledgement reported; else `end`.
    static int nextSeen(RecoveryVars rec, int at, int end) {
        int next = end;
        for (int i = 0; i < rec.seenBlocks; i++) {
            if (Seq.after(rec.seenStart[i], at) && Seq.before(rec.seenStart[i], next)) {
                next = rec.seenStart[i];
            }
        }
        return next;
    }

    /// The segment that holds byte `at`, or the first one behind it; null when there is none.
    static @Nullable SkBuff find(TcpSock sock, int at) {
        RecoveryVars rec = sock.rec;
        SkBuff skb = sock.snd.retransmit.peek();
        skb = nearer(skb, sock.snd.retransmit.peekTail(), at);
        skb = nearer(skb, rec.highestSackedSkb, at);
        skb = nearer(skb, rec.sackHint, at);
        while (skb != null && !Seq.after(SegmentControl.endSeq(skb), at)) {
            skb = skb.next();
        }
        while (skb != null && skb.prev() != null && Seq.after(SegmentControl.endSeq(skb.prev()), at)) {
            skb = skb.prev();
        }
        return skb;
    }

    private static @Nullable SkBuff nearer(@Nullable SkBuff a, @Nullable SkBuff b, int at) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return Math.abs(SegmentControl.seq(b) - at) < Math.abs(SegmentControl.seq(a) - at) ? b : a;
    }
}
