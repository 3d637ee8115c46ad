package dev.netstack4j.linux.tap;

import dev.netstack4j.api.doc.Linux;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// What stands before each packet of a TAP with IFF_VNET_HDR, in the host's byte order.
///
/// ```
/// 0      1         2        4         6           8             10
/// flags  gso_type  hdr_len  gso_size  csum_start  csum_offset
/// ```
@Linux("include/uapi/linux/virtio_net.h#virtio_net_hdr")
public final class VirtioNetHeader {
    /// Bytes.
    public static final int LENGTH = 10;
    /// Flag: the checksum from csum_start on is to be completed.
    public static final int NEEDS_CSUM = 1;
    /// Flag: the checksum was verified.
    public static final int DATA_VALID = 2;
    /// Type: stands for itself.
    public static final int GSO_NONE = 0;
    /// Type: TCP over IPv4.
    public static final int GSO_TCPV4 = 1;

    private static final int GSO_ECN = 0x80;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;

    private final MemorySegment bytes;

    /// All zero; lives as long as the arena.
    public VirtioNetHeader(Arena arena) {
        bytes = arena.allocate(16, 8);
    }

    /// Where it lies.
    public long address() {
        return bytes.address();
    }

    /// Nothing is to be done.
    public void clear() {
        bytes.set(ValueLayout.JAVA_LONG, 0, 0);
        bytes.set(SHORT, 8, (short) 0);
    }

    /// The checksum is to be completed.
    ///
    /// @param start  bytes from the packet's start
    /// @param offset bytes from there to the field
    public void needsChecksum(int start, int offset) {
        bytes.set(ValueLayout.JAVA_BYTE, 0, (byte) NEEDS_CSUM);
        bytes.set(SHORT, 6, (short) start);
        bytes.set(SHORT, 8, (short) offset);
    }

    /// It is to be cut.
    ///
    /// @param headerLength bytes of all headers
    /// @param size         payload bytes of a segment
    public void segments(int type, int headerLength, int size) {
        bytes.set(ValueLayout.JAVA_BYTE, 1, (byte) type);
        bytes.set(SHORT, 2, (short) headerLength);
        bytes.set(SHORT, 4, (short) size);
    }

    /// The flags.
    public int flags() {
        return bytes.get(ValueLayout.JAVA_BYTE, 0) & 0xFF;
    }

    /// The type, without the mark of ECN.
    public int gsoType() {
        return bytes.get(ValueLayout.JAVA_BYTE, 1) & 0xFF & ~GSO_ECN;
    }

    /// Payload bytes of a segment.
    public int gsoSize() {
        return bytes.get(SHORT, 4) & 0xFFFF;
    }

    /// Where the checksum starts.
    public int csumStart() {
        return bytes.get(SHORT, 6) & 0xFFFF;
    }

    /// Where it goes, from its start.
    public int csumOffset() {
        return bytes.get(SHORT, 8) & 0xFFFF;
    }
}
