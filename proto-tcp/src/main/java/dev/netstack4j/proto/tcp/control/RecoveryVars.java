package dev.netstack4j.proto.tcp.control;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.proto.tcp.header.ParsedOptions;
import org.jspecify.annotations.Nullable;

/// Round trip times, losses and what is done about them. Guarded by the socket's ownership. Written by recovery unless
/// said otherwise.
@Rfc({"6298", "5681", "6675", "6937"})
public final class RecoveryVars {
    /// First retransmission timeout.
    public static final long INITIAL_RTO_NANOS = 1_000_000_000L;

    /// How a connection stands towards losses.
    public enum Phase {
        /// Nothing unusual.
        OPEN,
        /// Duplicate acknowledgements or SACKs, perhaps reordering.
        DISORDER,
        /// The window is reduced after a local drop.
        CWR,
        /// Fast recovery.
        RECOVERY,
        /// After a retransmission timeout.
        LOSS
    }

    /// Smoothed round trip time; 0 before the first sample.
    public long srttNanos;
    /// Smoothed deviation.
    public long rttvarNanos;
    /// Retransmission timeout without back-off.
    public long rtoNanos = INITIAL_RTO_NANOS;
    /// Doublings of the timeout. Written by timer (raised) and recovery (cleared).
    public int backoff;
    /// Timeouts in a row without progress. Written by timer and recovery.
    public int retransmits;
    /// Window probes without answer. Written by timer and input.
    public int probes;
    /// When the first of these timeouts happened. Written by timer.
    public long firstTimeoutNanos;
    /// How it stands.
    public Phase phase = Phase.OPEN;
    /// `SND.NXT` when the phase was entered: reaching it ends the phase.
    public int highSeq;
    /// Segments reported by SACK, or stood for by duplicate acknowledgements.
    public int sackedOut;
    /// Segments taken for lost.
    public int lostOut;
    /// Segments sent again and in flight. Raised by output.
    public int retransmittedOut;
    /// Behind the highest byte reported by SACK.
    public int highestSacked;
    /// The segment that ends there; null when it is not known.
    @Linux("include/linux/tcp.h#highest_sack")
    public @Nullable SkBuff highestSackedSkb;
    /// Where reports were last looked up; null for nowhere.
    public @Nullable SkBuff sackHint;
    /// Blocks of the last acknowledgement that had any.
    @Linux("include/linux/tcp.h#recv_sack_cache")
    public final int[] seenStart = new int[ParsedOptions.MAX_SACK_BLOCKS];
    /// Ends of those blocks.
    public final int[] seenEnd = new int[ParsedOptions.MAX_SACK_BLOCKS];
    /// Number of those blocks.
    public int seenBlocks;
    /// No segment before this one waits to be sent again; null for the first.
    @Linux("include/linux/tcp.h#retransmit_skb_hint")
    public @Nullable SkBuff retransmitHint;
    /// Duplicate acknowledgements or SACKed segments that mean a loss.
    public int reordering = 3;
    /// Window before the reduction.
    public int priorWindow;
    /// Slow start threshold before the reduction.
    public int priorThreshold;
    /// Segments delivered in this recovery.
    public int prrDelivered;
    /// Segments sent in this recovery. Raised by output.
    public int prrOut;
    /// `SND.UNA` when the phase began, for undoing; only with `undoPossible`.
    public int undoMark;
    /// Whether the present reduction may be undone.
    public boolean undoPossible;
    /// Retransmissions of this phase not yet known to have been needless. Raised by output.
    public int undoRetransmissions;
    /// Time of the first retransmission of this phase in timestamp units; 0 for none. Written by output.
    public int retransmitStamp;
    /// Least round trip time of the last minutes; the largest number before the first sample.
    public long minRttNanos = Long.MAX_VALUE;
    /// When that was measured.
    public long minRttAtNanos;
    /// How often segments arrived out of order.
    public int reorderingSeen;
    /// When the latest sent of all delivered segments was sent; 0 for none.
    public long rackSentNanos;
    /// Where that segment ended.
    public int rackEndSeq;
    /// Round trip time of the segment that was delivered last.
    public long rackRttNanos;
    /// Whether something was delivered since losses were last looked for.
    public boolean rackAdvanced;
    /// The window for reordering, in quarters of the least round trip time.
    public int rackSteps = 1;
    /// Recoveries for which a grown window is still kept.
    public int rackPersist;
    /// Whether a duplicate was reported that reordering may have caused.
    public boolean rackDuplicateSeen;
    /// Whether the window has grown in this round trip.
    public boolean rackGrew;
    /// What is acknowledged when that round trip is over.
    public int rackRoundEnd;
    /// Whether it is open if the last timeout was spurious.
    public boolean frto;
    /// Whether a tail loss probe is out. Written by timer (set) and recovery.
    public boolean probeOut;
    /// A round trip was measured since the last tail loss probe, or the start.
    public boolean measured;
    /// Whether that probe was a retransmission. Written by timer.
    public boolean probeWasRetransmission;
    /// `SND.NXT` when the probe was sent. Written by timer.
    public int probeSeq;
    /// Segments ever sent again. Written by output.
    public long totalRetransmits;
    /// Bytes ever sent again.
    public long retransmittedBytes;
    /// Duplicates that the peer has reported.
    public long reportedDuplicates;
    /// Retransmission timeouts.
    public int timeouts;
    /// Timeouts that nothing preceded: times that recovery by timeout began.
    public int timeoutRecoveries;
    /// Segments ever delivered.
    public long delivered;

    /// Of a closed connection.
    public RecoveryVars() {}
}
