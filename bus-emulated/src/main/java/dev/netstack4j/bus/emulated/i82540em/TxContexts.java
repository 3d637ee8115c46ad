package dev.netstack4j.bus.emulated.i82540em;

/// The two contexts that the chip holds, one for checksums and one for segmentation, as loaded by context descriptors.
/// When the wire takes only a part of a batch, the descriptors behind it are fetched again later; so each state of a
/// batch is kept until the batch is over.
///
/// ```
///  63      48 47    40 39    32 31       16 15     8 7      0
/// |  TUCSE   | TUCSO  | TUCSS  |  IPCSE    | IPCSO  | IPCSS  |
/// |  MSS     | HDRLEN | status | TUCMD 31..24 | DTYP 0 | PAYLEN 19..0 |
/// ```
final class TxContexts {
    /// TUCMD: the packet is TCP.
    static final int TCP = 1 << 24;
    /// TUCMD: the packet is IPv4.
    static final int IPV4 = 1 << 25;
    /// TUCMD and DCMD: segment it.
    static final int TSE = 1 << 26;

    private final long[] checksumLow;
    private final long[] segmentLow;
    private final long[] segmentHigh;
    private int version;

    /// @param most context descriptors of one batch
    TxContexts(int most) {
        checksumLow = new long[most + 1];
        segmentLow = new long[most + 1];
        segmentHigh = new long[most + 1];
    }

    void load(long low, long high) {
        int next = version + 1;
        checksumLow[next] = checksumLow[version];
        segmentLow[next] = segmentLow[version];
        segmentHigh[next] = segmentHigh[version];
        version = next;
        if ((high & TSE) != 0) {
            segmentLow[next] = low;
            segmentHigh[next] = high;
        } else {
            checksumLow[next] = low;
        }
    }

    int version() {
        return version;
    }

    /// Makes the state of that version the current one, and forgets the others.
    void restart(int at) {
        checksumLow[0] = checksumLow[at];
        segmentLow[0] = segmentLow[at];
        segmentHigh[0] = segmentHigh[at];
        version = 0;
    }

    void reset() {
        checksumLow[0] = 0;
        segmentLow[0] = 0;
        segmentHigh[0] = 0;
        version = 0;
    }

    /// First word of the context that a packet uses.
    long low(boolean segmented) {
        return segmented ? segmentLow[version] : checksumLow[version];
    }

    /// Second word of the segmentation context.
    long segmentHigh() {
        return segmentHigh[version];
    }

    static int ipStart(long low) {
        return (int) low & 0xFF;
    }

    static int ipAt(long low) {
        return (int) low >>> 8 & 0xFF;
    }

    static int ipEnd(long low) {
        return (int) low >>> 16;
    }

    static int start(long low) {
        return (int) (low >>> 32) & 0xFF;
    }

    static int at(long low) {
        return (int) (low >>> 40) & 0xFF;
    }

    static int end(long low) {
        return (int) (low >>> 48);
    }

    static int headerLength(long high) {
        return (int) (high >>> 40) & 0xFF;
    }

    static int mss(long high) {
        return (int) (high >>> 48);
    }
}
