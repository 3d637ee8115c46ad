package dev.netstack4j.nic.e1000;

/// The two transmit descriptors in use, as little-endian 64-bit words (manual, 3.3.6 and 3.3.7). Legacy descriptors are
/// not used.
///
/// ```
/// data     word 0: buffer address
///          word 1: | 63..48 special | 47..40 POPTS | 35..32 STA | 31..24 DCMD | 23..20 DTYP=1 | 19..0 length |
/// context  word 0: | 63..48 TUCSE | 47..40 TUCSO | 39..32 TUCSS | 31..16 IPCSE | 15..8 IPCSO | 7..0 IPCSS |
///          word 1: | 63..48 MSS | 47..40 HDRLEN | 35..32 STA | 31..24 TUCMD | 23..20 DTYP=0 | 19..0 PAYLEN |
/// ```
final class TxDescriptor {
    static final int BYTES = 16;
    /// The longest buffer of one descriptor (manual, 3.3.3).
    static final int MOST_LENGTH = 16288;

    static final long DATA = 1L << 20;
    static final long EOP = 1L << 24;
    static final long IFCS = 1L << 25;
    static final long RS = 1L << 27;
    static final long DEXT = 1L << 29;
    static final long VLE = 1L << 30;
    static final long TXSM = 1L << 41;
    static final int SPECIAL_SHIFT = 48;

    /// In the upper half of word 1: done.
    static final int DD = 1;

    private static final long CONTEXT_TCP = 1L << 24;
    private static final int MOST_POSITION = 255;
    /// Where the checksum stands in a TCP header.
    private static final int TCP_CHECKSUM_OFFSET = 16;

    private TxDescriptor() {}

    /// Whether a context descriptor can name that place.
    static boolean reaches(int start, int offset) {
        return start >= 0 && start + offset <= MOST_POSITION;
    }

    /// Word 0 of a context that inserts one checksum: from `start` to the end of the frame, put at `start + offset`. An
    /// end of 0 means the frame's end. The IP fields are not used, as no data descriptor asks for IXSM.
    static long checksumContext(int start, int offset) {
        return (long) start << 32 | (long) (start + offset) << 40;
    }

    /// Word 1 of such a context.
    static long checksumCommand(int offset) {
        return DEXT | (offset == TCP_CHECKSUM_OFFSET ? CONTEXT_TCP : 0);
    }
}
