package dev.netstack4j.proto.ipv4.header;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Rfc;

/// IPv4 options, read far enough to be safe: lengths are checked and source routes recognised. Record route and
/// timestamp options are carried, not filled in.
@Rfc("791#3.1")
public final class Ipv4Options {
    private static final int END = 0;
    private static final int NOOP = 1;
    private static final int LOOSE_SOURCE_ROUTE = 131;
    private static final int STRICT_SOURCE_ROUTE = 137;
    private static final int COPIED = 0x80;

    private Ipv4Options() {}

    /// What the options of a header are.
    public enum Finding {
        /// Well-formed.
        FINE,
        /// A length does not fit.
        MALFORMED,
        /// They hold a source route.
        SOURCE_ROUTE
    }

    /// Reads the options of a header.
    ///
    /// @param headerLength bytes of the header with its options, all linear
    public static Finding check(SkBuff skb, int at, int headerLength) {
        int end = at + headerLength;
        int i = at + Ipv4Header.LENGTH;
        while (i < end) {
            int kind = skb.get8(i);
            if (kind == END) {
                return Finding.FINE;
            }
            int length = lengthAt(skb, i, end, kind);
            if (length == 0) {
                return Finding.MALFORMED;
            }
            if (kind == LOOSE_SOURCE_ROUTE || kind == STRICT_SOURCE_ROUTE) {
                return Finding.SOURCE_ROUTE;
            }
            i += length;
        }
        return Finding.FINE;
    }

    /// Offset of the malformed option from the header's start, for ICMP's pointer; 20 when there is none.
    public static int badOffset(SkBuff skb, int at, int headerLength) {
        int end = at + headerLength;
        int i = at + Ipv4Header.LENGTH;
        while (i < end && skb.get8(i) != END) {
            int length = lengthAt(skb, i, end, skb.get8(i));
            if (length == 0) {
                return i - at;
            }
            i += length;
        }
        return Ipv4Header.LENGTH;
    }

    /// 0 when the option is malformed.
    private static int lengthAt(SkBuff skb, int i, int end, int kind) {
        if (kind == NOOP) {
            return 1;
        }
        if (i + 1 >= end) {
            return 0;
        }
        int length = skb.get8(i + 1);
        return length < 2 || i + length > end ? 0 : length;
    }

    /// Turns options that only the first fragment carries into no-operations. The options are well-formed.
    public static void blankUncopied(SkBuff skb, int at, int headerLength) {
        int end = at + headerLength;
        int i = at + Ipv4Header.LENGTH;
        while (i < end && skb.get8(i) != END) {
            int kind = skb.get8(i);
            int length = lengthAt(skb, i, end, kind);
            if (length == 0) {
                return;
            }
            if ((kind & COPIED) == 0) {
                for (int k = 0; k < length; k++) {
                    skb.put8(i + k, NOOP);
                }
            }
            i += length;
        }
    }
}
