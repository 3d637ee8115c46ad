package dev.netstack4j.nic.tap;

import dev.netstack4j.api.buffer.ChecksumState;
import dev.netstack4j.api.buffer.GsoType;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// What stands before each frame of a TAP with IFF_VNET_HDR, in the host's byte order.
///
/// ```
/// 0      1         2        4         6           8             10
/// flags  gso_type  hdr_len  gso_size  csum_start  csum_offset
/// ```
@Linux("include/uapi/linux/virtio_net.h#virtio_net_hdr")
final class VirtioHeader {
    static final int LENGTH = 10;

    private static final int NEEDS_CSUM = 1;
    private static final int DATA_VALID = 2;
    private static final int GSO_TCPV4 = 1;
    private static final int GSO_ECN = 0x80;
    private static final int TCP_HEADER = 20;
    private static final int TCP_LENGTH = 12;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;

    private final MemorySegment bytes;

    VirtioHeader(Arena arena) {
        bytes = arena.allocate(16, 8);
    }

    long address() {
        return bytes.address();
    }

    /// Says what is to be done to a packet.
    void describe(SkBuff skb) {
        bytes.set(ValueLayout.JAVA_LONG, 0, 0);
        bytes.set(SHORT, 8, (short) 0);
        if (skb.checksumState() == ChecksumState.PARTIAL) {
            bytes.set(ValueLayout.JAVA_BYTE, 0, (byte) NEEDS_CSUM);
            bytes.set(SHORT, 6, (short) (skb.csumStart() - skb.data()));
            bytes.set(SHORT, 8, (short) skb.csumOffset());
        }
        if (skb.gsoSize() != 0 && skb.gsoType() == GsoType.TCP4) {
            bytes.set(ValueLayout.JAVA_BYTE, 1, (byte) GSO_TCPV4);
            bytes.set(SHORT, 2, (short) skb.headLength());
            bytes.set(SHORT, 4, (short) skb.gsoSize());
        }
    }

    /// Tells a received packet what the host knows of it. What makes no sense is taken for a packet of which nothing
    /// is known.
    void apply(SkBuff skb) {
        int flags = bytes.get(ValueLayout.JAVA_BYTE, 0);
        if ((flags & NEEDS_CSUM) != 0) {
            int start = skb.data() + unsigned(6);
            int offset = unsigned(8);
            if (start + offset + 2 <= skb.tail()) {
                skb.checksumPartial(start, offset);
                segments(skb, start);
            }
        } else if ((flags & DATA_VALID) != 0) {
            skb.checksumState(ChecksumState.UNNECESSARY);
        }
    }

    private void segments(SkBuff skb, int transport) {
        int type = bytes.get(ValueLayout.JAVA_BYTE, 1) & 0xFF & ~GSO_ECN;
        int size = unsigned(4);
        int payload = skb.length() - (transport - skb.data()) - tcpHeader(skb, transport);
        if (type == GSO_TCPV4 && size > 0 && payload > size) {
            skb.gso(GsoType.TCP4, size, (payload + size - 1) / size);
        }
    }

    private static int tcpHeader(SkBuff skb, int transport) {
        boolean isThere = transport + TCP_LENGTH < skb.tail();
        return Math.max(TCP_HEADER, isThere ? (skb.get8(transport + TCP_LENGTH) >>> 4) * 4 : 0);
    }

    private int unsigned(int at) {
        return bytes.get(SHORT, at) & 0xFFFF;
    }
}
