package dev.netstack4j.nic.igb;

/// The advanced receive descriptor, as little-endian 64-bit words (data sheet, 7.1.5). The driver writes the buffer's
/// address into word 0 and zero into word 1; the device writes back:
///
/// ```
/// word 0: | 63..32 RSS hash | 31..16 header | 15..4 packet type | 3..0 RSS type |
/// word 1: | 63..48 VLAN | 47..32 length | 31..20 errors | 19..0 status |
/// ```
final class RxDescriptor {
    private static final long DD = 1;
    private static final long EOP = 1 << 1;
    private static final long VP = 1 << 3;
    private static final long L4CS = 1 << 5;
    private static final long RXE = 1L << 31;
    private static final long CHECKSUM_ERRORS = 1L << 30 | 1L << 29;
    /// RSS types whose hash covers ports: TCP and UDP over both families.
    private static final int PORT_TYPES = 1 << 1 | 1 << 3 | 1 << 6 | 1 << 7 | 1 << 8 | 1 << 9;

    private RxDescriptor() {}

    static boolean isDone(long word1) {
        return (word1 & DD) != 0;
    }

    static boolean isLastOfFrame(long word1) {
        return (word1 & EOP) != 0;
    }

    static boolean hasFrameError(long word1) {
        return (word1 & RXE) != 0;
    }

    static boolean hasChecksumError(long word1) {
        return (word1 & CHECKSUM_ERRORS) != 0;
    }

    /// Whether the TCP or UDP checksum was found right.
    static boolean isChecksumGood(long word1) {
        return (word1 & (L4CS | CHECKSUM_ERRORS)) == L4CS;
    }

    static boolean hasVlanTag(long word1) {
        return (word1 & VP) != 0;
    }

    static int vlanTag(long word1) {
        return (int) (word1 >>> 48);
    }

    static int length(long word1) {
        return (int) (word1 >>> 32) & 0xFFFF;
    }

    static boolean hasHash(long word0) {
        return (word0 & 15) != 0;
    }

    static boolean hashCoversPorts(long word0) {
        return (PORT_TYPES >>> (int) (word0 & 15) & 1) != 0;
    }

    static int hash(long word0) {
        return (int) (word0 >>> 32);
    }
}
