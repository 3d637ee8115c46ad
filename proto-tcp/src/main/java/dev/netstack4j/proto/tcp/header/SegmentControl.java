package dev.netstack4j.proto.tcp.header;

import dev.netstack4j.api.buffer.GsoType;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;

/// What TCP keeps in the control block of a segment's skb.
@Linux("include/net/tcp.h#tcp_skb_cb")
public final class SegmentControl {
    /// Mark of a sent segment: the peer reported it.
    public static final int SACKED = 0x100;
    /// Mark of a sent segment: it was sent again and that copy may be in flight.
    public static final int RETRANSMITTED = 0x200;
    /// Mark of a sent segment: taken for lost.
    public static final int LOST = 0x400;
    /// Mark of a sent segment: it was sent again at least once.
    public static final int EVER_RETRANSMITTED = 0x800;
    /// Mark of a received segment: its packet could have been marked on the way (ECT or CE).
    public static final int CAPABLE = 0x1000;
    /// Mark of a received segment: its packet was marked on the way (CE).
    public static final int MARKED = 0x2000;
    /// The flags of the header within the word.
    public static final int FLAG_MASK = 0xFF;
    private static final int SEQ = 0;
    private static final int END_SEQ = 1;
    private static final int ACK_SEQ = 2;
    private static final int FLAGS = 3;
    private static final int SENT_HIGH = 4;
    private static final int SENT_LOW = 5;

    private SegmentControl() {}

    /// Fills in what a header says of a received segment, first byte at the header: `endSeq = seq + SYN + FIN +
    /// payload`.
    @Linux("net/ipv4/tcp_ipv4.c#tcp_v4_fill_cb")
    public static void fill(SkBuff skb) {
        int word = TcpHeader.word3(skb);
        int flags = word >>> 16 & FLAG_MASK;
        int seq = TcpHeader.seq(skb);
        int payload = skb.length() - (word >>> 28 << 2);
        skb.cb(SEQ, seq);
        skb.cb(END_SEQ, seq + payload + (flags & TcpFlags.FIN) + (flags >>> 1 & 1));
        skb.cb(ACK_SEQ, TcpHeader.ack(skb));
        skb.cb(FLAGS, flags);
    }

    /// Notes what the network said of congestion.
    ///
    /// @param trafficClass of the packet; its two lowest bits are the codepoint
    @Rfc("3168#5")
    public static void congestion(SkBuff skb, int trafficClass) {
        int codepoint = trafficClass & 3;
        if (codepoint != 0) {
            set(skb, codepoint == 3 ? CAPABLE | MARKED : CAPABLE);
        }
    }

    /// Sequence number of the first byte (of the SYN, if any).
    public static int seq(SkBuff skb) {
        return skb.cb(SEQ);
    }

    /// Sets the sequence number of the first byte.
    public static void seq(SkBuff skb, int value) {
        skb.cb(SEQ, value);
    }

    /// Sequence number behind the last byte (or the FIN).
    public static int endSeq(SkBuff skb) {
        return skb.cb(END_SEQ);
    }

    /// Sets the sequence number behind the last byte.
    public static void endSeq(SkBuff skb, int value) {
        skb.cb(END_SEQ, value);
    }

    /// The acknowledgement number of a received segment.
    public static int ackSeq(SkBuff skb) {
        return skb.cb(ACK_SEQ);
    }

    /// All flags and marks.
    public static int flags(SkBuff skb) {
        return skb.cb(FLAGS);
    }

    /// Sets all flags and marks.
    public static void flags(SkBuff skb, int value) {
        skb.cb(FLAGS, value);
    }

    /// Whether one of the bits is set.
    public static boolean has(SkBuff skb, int bits) {
        return (skb.cb(FLAGS) & bits) != 0;
    }

    /// Sets bits.
    public static void set(SkBuff skb, int bits) {
        skb.cb(FLAGS, skb.cb(FLAGS) | bits);
    }

    /// Clears bits.
    public static void clear(SkBuff skb, int bits) {
        skb.cb(FLAGS, skb.cb(FLAGS) & ~bits);
    }

    /// How many segments of the wire a queued packet stands for, as it was counted last.
    @Linux("include/net/tcp.h#tcp_skb_pcount")
    public static int segments(SkBuff skb) {
        return Math.max(1, skb.gsoSegments());
    }

    /// Counts again how many segments of `mss` bytes a queued packet stands for.
    ///
    /// @param type one of [dev.netstack4j.api.buffer.GsoType]
    /// @return how many more than before
    @Linux("net/ipv4/tcp_output.c#tcp_set_skb_tso_segs")
    public static int count(SkBuff skb, int type, int mss) {
        int before = segments(skb);
        int length = skb.length();
        if (length <= mss) {
            skb.gso(GsoType.NONE, 0, 1);
            return 1 - before;
        }
        int now = (length + mss - 1) / mss;
        skb.gso(type, mss, now);
        return now - before;
    }

    /// Payload bytes of the longest segment that a received packet was merged from.
    public static int longestSegment(SkBuff skb, int payload) {
        return skb.gsoSize() == 0 ? payload : Math.min(skb.gsoSize(), payload);
    }

    /// When it was last sent.
    public static long sentNanos(SkBuff skb) {
        return (long) skb.cb(SENT_HIGH) << 32 | skb.cb(SENT_LOW) & 0xFFFF_FFFFL;
    }

    /// Notes when it was last sent.
    public static void sentNanos(SkBuff skb, long nanos) {
        skb.cb(SENT_HIGH, (int) (nanos >>> 32));
        skb.cb(SENT_LOW, (int) nanos);
    }
}
