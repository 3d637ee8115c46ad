package dev.netstack4j.nic.e1000;

/// The receive descriptor, as little-endian 64-bit words (manual, 3.2.3).
///
/// ```
/// word 0: buffer address
/// word 1: | 63..48 special | 47..40 errors | 39..32 status | 31..16 packet checksum | 15..0 length |
/// ```
///
/// The methods take word 1.
final class RxDescriptor {
    static final int BYTES = 16;

    private static final long DD = 1L << 32;
    private static final long EOP = 1L << 33;
    private static final long IXSM = 1L << 34;
    private static final long VP = 1L << 35;
    private static final long TCPCS = 1L << 37;
    /// CE, SE, SEQ, CXE and RXE: the bytes are not what was sent.
    private static final long FRAME_ERRORS = 0b1001_0111L << 40;
    /// TCPE and IPE.
    private static final long CHECKSUM_ERRORS = 0b0110_0000L << 40;

    private RxDescriptor() {}

    static boolean isDone(long word) {
        return (word & DD) != 0;
    }

    static boolean isLastOfFrame(long word) {
        return (word & EOP) != 0;
    }

    static boolean hasFrameError(long word) {
        return (word & FRAME_ERRORS) != 0;
    }

    /// Whether the device looked at the TCP or UDP checksum, or found the IP header's wrong.
    static boolean hasChecksumError(long word) {
        return (word & IXSM) == 0 && (word & CHECKSUM_ERRORS) != 0;
    }

    /// Whether the TCP or UDP checksum was found right.
    static boolean isChecksumGood(long word) {
        return (word & (IXSM | TCPCS | CHECKSUM_ERRORS)) == TCPCS;
    }

    static boolean hasVlanTag(long word) {
        return (word & VP) != 0;
    }

    static int vlanTag(long word) {
        return (int) (word >>> 48);
    }

    static int length(long word) {
        return (int) word & 0xFFFF;
    }
}
