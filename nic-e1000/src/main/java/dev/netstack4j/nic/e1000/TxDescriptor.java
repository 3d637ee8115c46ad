package dev.netstack4j.nic.e1000;

/// The three transmit descriptors, as little-endian 64-bit words (manual, 3.3.3, 3.3.6 and 3.3.7). A packet of which
/// the device computes nothing takes the oldest kind; all three stand in one ring in any order, but a packet is of one
/// kind.
///
/// ```
/// legacy   word 0: buffer address
///          word 1: | 63..48 special | 47..40 CSS | 35..32 STA | 31..24 CMD | 23..16 CSO | 15..0 length |
/// data     word 0: buffer address
///          word 1: | 63..48 special | 47..40 POPTS | 35..32 STA | 31..24 DCMD | 23..20 DTYP=1 | 19..0 length |
/// context  word 0: | 63..48 TUCSE | 47..40 TUCSO | 39..32 TUCSS | 31..16 IPCSE | 15..8 IPCSO | 7..0 IPCSS |
///          word 1: | 63..48 MSS | 47..40 HDRLEN | 35..32 STA | 31..24 TUCMD | 23..20 DTYP=0 | 19..0 PAYLEN |
/// ```
final class TxDescriptor {
    static final int BYTES = 16;

    /// Buffers are cut at this length. The device would take 16288 bytes (manual, 3.3.3); a page at a time lets it send
    /// the front of a super-frame while the rest is still to be fetched into its buffer of 16 KiB, and fits every kind.
    static final int MOST_LENGTH = 4096;

    static final long EOP = 1L << 24;
    static final long IFCS = 1L << 25;
    static final long RS = 1L << 27;
    static final long VLE = 1L << 30;
    static final long IDE = 1L << 31;
    static final int SPECIAL_SHIFT = 48;

    /// A data descriptor, DEXT with DTYP 1.
    static final long DATA = 1L << 29 | 1L << 20;
    static final long TSE = 1L << 26;
    static final long IXSM = 1L << 40;
    static final long TXSM = 1L << 41;

    /// In the upper half of word 1: done.
    static final int DD = 1;

    /// The largest HDRLEN and the largest PAYLEN.
    static final int MOST_HEADERS = 255;

    static final int MOST_PAYLOAD = (1 << 20) - 1;

    private static final long CONTEXT = 1L << 29;
    private static final long CONTEXT_TCP = 1L << 24;
    private static final long CONTEXT_IPV4 = 1L << 25;
    private static final int MOST_POSITION = 255;
    /// Where the checksum stands in a TCP header, and in an IPv4 header.
    private static final int TCP_CHECKSUM = 16;

    private static final int IP_CHECKSUM = 10;

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
        return CONTEXT | (offset == TCP_CHECKSUM ? CONTEXT_TCP : 0);
    }

    /// Word 0 of a context that segments TCP over IPv4, whose headers begin at `ip` and `tcp`. IPCSE names the last
    /// byte of the IP header.
    static long segmentContext(int ip, int tcp) {
        return checksumContext(tcp, TCP_CHECKSUM) | ip | (long) (ip + IP_CHECKSUM) << 8 | (long) (tcp - 1) << 16;
    }

    /// Word 1 of such a context.
    static long segmentCommand(int headers, int payload, int mss) {
        return CONTEXT | TSE | CONTEXT_TCP | CONTEXT_IPV4 | payload | (long) headers << 40 | (long) mss << 48;
    }
}
