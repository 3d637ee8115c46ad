package dev.netstack4j.nic.igb;

/// The advanced transmit descriptors, as little-endian 64-bit words (data sheet, 7.2.2). Legacy ones are not used.
///
/// ```
/// data     word 0: buffer address
///          word 1: | 63..46 PAYLEN | 45..40 POPTS | 38..36 IDX | 35..32 STA | 31..24 DCMD | 23..20 DTYP=3 | 15..0 length |
/// context  word 0: | 63..32 0 | 31..16 VLAN | 15..9 MACLEN | 8..0 IPLEN |
///          word 1: | 63..48 MSS | 47..40 L4LEN | 38..36 IDX | 29 DEXT | 23..20 DTYP=2 | 12..11 L4T | 10 IPV4 |
/// ```
final class TxDescriptor {
    /// Buffers are cut at this length.
    static final int MOST_LENGTH = 32 << 10;

    static final long EOP = 1L << 24;
    static final long RS = 1L << 27;
    static final long VLE = 1L << 30;
    static final long TSE = 1L << 31;
    static final long IXSM = 1L << 40;
    static final long TXSM = 1L << 41;
    static final int INDEX_SHIFT = 36;
    static final int PAYLEN_SHIFT = 46;
    /// Every data descriptor: advanced, with a check sequence from the device.
    static final long DATA = 1L << 29 | 3L << 20 | 1L << 25;

    static final long CONTEXT_TCP = 1L << 11;
    static final long CONTEXT_IPV4 = 1L << 10;

    private static final long CONTEXT = 1L << 29 | 2L << 20;
    private static final long DONE = 1L << 32;
    private static final int MOST_MACLEN = 0x7F;
    private static final int MOST_IPLEN = 0x1FF;

    private TxDescriptor() {}

    /// Whether a context can name headers of these lengths.
    static boolean reaches(int macLength, int ipLength) {
        return macLength >= 14 && macLength <= MOST_MACLEN && ipLength >= 0 && ipLength <= MOST_IPLEN;
    }

    static long contextLow(int vlan, int macLength, int ipLength) {
        return (long) vlan << 16 | macLength << 9 | ipLength;
    }

    static long contextHigh(int index, long kind, int mss, int transportLength) {
        return CONTEXT | kind | (long) index << INDEX_SHIFT | (long) transportLength << 40 | (long) mss << 48;
    }

    static boolean isDone(long word1) {
        return (word1 & DONE) != 0;
    }
}
