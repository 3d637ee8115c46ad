package dev.netstack4j.nic.tap;

import dev.netstack4j.api.buffer.ChecksumState;
import dev.netstack4j.api.buffer.GsoType;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.linux.tap.VirtioNetHeader;
import java.lang.foreign.Arena;

/// What stands before each packet, read from a packet on its way out, and told to one that came.
final class VirtioHeader {
    static final int LENGTH = VirtioNetHeader.LENGTH;

    private static final int TCP_HEADER = 20;
    private static final int TCP_LENGTH = 12;

    private final VirtioNetHeader bytes;

    VirtioHeader(Arena arena) {
        bytes = new VirtioNetHeader(arena);
    }

    long address() {
        return bytes.address();
    }

    /// Says what is to be done to a packet.
    void describe(SkBuff skb) {
        bytes.clear();
        if (skb.checksumState() == ChecksumState.PARTIAL) {
            bytes.needsChecksum(skb.csumStart() - skb.data(), skb.csumOffset());
        }
        if (skb.gsoSize() != 0 && skb.gsoType() == GsoType.TCP4) {
            bytes.segments(VirtioNetHeader.GSO_TCPV4, skb.headLength(), skb.gsoSize());
        }
    }

    /// Tells a received packet what the host knows of it. What makes no sense is taken for a packet of which nothing
    /// is known.
    void apply(SkBuff skb) {
        int flags = bytes.flags();
        if ((flags & VirtioNetHeader.NEEDS_CSUM) != 0) {
            int start = skb.data() + bytes.csumStart();
            int offset = bytes.csumOffset();
            if (start + offset + 2 <= skb.tail()) {
                skb.checksumPartial(start, offset);
                segments(skb, start);
            }
        } else if ((flags & VirtioNetHeader.DATA_VALID) != 0) {
            skb.checksumState(ChecksumState.UNNECESSARY);
        }
    }

    private void segments(SkBuff skb, int transport) {
        int type = bytes.gsoType();
        int size = bytes.gsoSize();
        int payload = skb.length() - (transport - skb.data()) - tcpHeader(skb, transport);
        if (type == VirtioNetHeader.GSO_TCPV4 && size > 0 && payload > size) {
            skb.gso(GsoType.TCP4, size, (payload + size - 1) / size);
        }
    }

    private static int tcpHeader(SkBuff skb, int transport) {
        boolean isThere = transport + TCP_LENGTH < skb.tail();
        return Math.max(TCP_HEADER, isThere ? (skb.get8(transport + TCP_LENGTH) >>> 4) * 4 : 0);
    }
}
