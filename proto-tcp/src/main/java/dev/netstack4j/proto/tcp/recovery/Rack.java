package dev.netstack4j.proto.tcp.recovery;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.control.RecoveryVars;
import dev.netstack4j.proto.tcp.control.RecoveryVars.Phase;
import dev.netstack4j.proto.tcp.control.TcpCounters;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpSysctls;
import dev.netstack4j.proto.tcp.header.SegmentControl;
import dev.netstack4j.proto.tcp.header.Seq;

/// RACK: what was sent clearly before something that has arrived is lost, retransmissions too. "Clearly" is a round
/// trip and a window for reordering, which grows when it turns out to have been too small. What is not yet late enough
/// is waited for by a timer.
@Rfc("8985#6")
@Linux("net/ipv4/tcp_recovery.c#tcp_rack_mark_lost")
public final class Rack {
    private static final int STATIC_WINDOW = 2;
    private static final int NO_DUPLICATE_THRESHOLD = 4;
    private static final int MOST_STEPS = 255;
    /// Recoveries for which a grown window is kept.
    static final int PERSISTENCE = 16;

    private final TcpSysctls sysctls;
    private final TcpCounters counters;

    Rack(TcpSysctls sysctls, TcpCounters counters) {
        this.sysctls = sysctls;
        this.counters = counters;
    }

    /// Whether it is in use.
    boolean isOn() {
        return (sysctls.recovery.get() & 1) != 0;
    }

    /// A segment was delivered. What was sent twice counts only when the answer came late enough to be one to the
    /// second copy.
    @Rfc("8985#6.2")
    @Linux("net/ipv4/tcp_recovery.c#tcp_rack_advance")
    static void advance(TcpSock sock, SkBuff skb, long now) {
        RecoveryVars rec = sock.rec;
        long sent = SegmentControl.sentNanos(skb);
        long rtt = Math.max(0, now - sent);
        if (SegmentControl.has(skb, SegmentControl.EVER_RETRANSMITTED) && rtt < rec.minRttNanos) {
            return;
        }
        rec.rackAdvanced = true;
        rec.rackRttNanos = rtt;
        int end = SegmentControl.endSeq(skb);
        if (isAfter(sent, end, rec.rackSentNanos, rec.rackEndSeq)) {
            rec.rackSentNanos = sent;
            rec.rackEndSeq = end;
        }
    }

    private static boolean isAfter(long sent, int end, long otherSent, int otherEnd) {
        return sent > otherSent || sent == otherSent && Seq.after(end, otherEnd);
    }

    /// How much later than others a segment may arrive without being taken for lost.
    @Linux("net/ipv4/tcp_recovery.c#tcp_rack_reo_wnd")
    private long window(TcpSock sock) {
        RecoveryVars rec = sock.rec;
        if (rec.reorderingSeen == 0) {
            boolean manyReports = rec.sackedOut >= rec.reordering;
            boolean counts = (sysctls.recovery.get() & NO_DUPLICATE_THRESHOLD) == 0;
            if (rec.phase.ordinal() >= Phase.RECOVERY.ordinal() || manyReports && counts) {
                return 0;
            }
        }
        return Math.min((rec.minRttNanos >> 2) * rec.rackSteps, rec.srttNanos);
    }

    /// After an acknowledgement that tells something new.
    ///
    /// @return nanoseconds after which the next segment is late; 0 when none waits
    long markLost(TcpSock sock, Cpu cpu) {
        if (!sock.rec.rackAdvanced) {
            return 0;
        }
        sock.rec.rackAdvanced = false;
        return detect(sock, cpu);
    }

    /// Marks what is late now.
    ///
    /// @return as [#markLost]
    @Linux("net/ipv4/tcp_recovery.c#tcp_rack_detect_loss")
    long detect(TcpSock sock, Cpu cpu) {
        long now = cpu.nowNanos();
        RecoveryVars rec = sock.rec;
        long window = window(sock);
        long wait = 0;
        SkBuff next;
        for (SkBuff skb = sock.snd.sentOrder.first(); skb != null && mayBeLate(rec, skb); skb = next) {
            next = sock.snd.sentOrder.next(skb);
            long left = timeLeft(rec, skb, window, now);
            if (left <= 0) {
                Scoreboard.markLost(sock, skb, counters, cpu);
            } else {
                wait = Math.max(wait, left);
            }
        }
        return wait;
    }

    /// Sent before what has arrived.
    private static boolean mayBeLate(RecoveryVars rec, SkBuff skb) {
        return isAfter(rec.rackSentNanos, rec.rackEndSeq, SegmentControl.sentNanos(skb), SegmentControl.endSeq(skb));
    }

    @Linux("net/ipv4/tcp_recovery.c#tcp_rack_skb_timeout")
    static long timeLeft(RecoveryVars rec, SkBuff skb, long window, long now) {
        return rec.rackRttNanos + window - (now - SegmentControl.sentNanos(skb));
    }

    /// Reports of duplicates say that the window was too small: it grows by one step a round trip, and shrinks again
    /// after some recoveries without.
    @Rfc("8985#6.2")
    @Linux("net/ipv4/tcp_recovery.c#tcp_rack_update_reo_wnd")
    void adapt(TcpSock sock) {
        RecoveryVars rec = sock.rec;
        if ((sysctls.recovery.get() & STATIC_WINDOW) != 0) {
            return;
        }
        if (rec.rackGrew && !Seq.before(sock.snd.una, rec.rackRoundEnd)) {
            rec.rackGrew = false;
        }
        boolean tooSmall = rec.rackDuplicateSeen && !rec.rackGrew;
        rec.rackDuplicateSeen = false;
        if (tooSmall) {
            rec.rackSteps = Math.min(MOST_STEPS, rec.rackSteps + 1);
            rec.rackGrew = true;
            rec.rackRoundEnd = sock.snd.nxt;
            rec.rackPersist = PERSISTENCE;
        } else if (rec.rackPersist == 0) {
            rec.rackSteps = 1;
        }
    }

    /// A recovery has ended.
    ///
    /// @param needless whether it turned out so
    static void recoveryEnded(RecoveryVars rec, boolean needless) {
        if (needless) {
            rec.rackPersist = Math.min(PERSISTENCE, rec.rackPersist + 1);
        } else if (rec.rackPersist > 0) {
            rec.rackPersist--;
        }
    }
}
