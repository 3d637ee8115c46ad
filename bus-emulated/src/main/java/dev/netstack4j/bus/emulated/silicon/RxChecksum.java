package dev.netstack4j.bus.emulated.silicon;

import dev.netstack4j.api.buffer.Checksum;
import dev.netstack4j.api.hardware.FrameBatch;

/// Receive checksum offload (RXCSUM): looks at Ethernet II frames, with or without one VLAN tag, that carry IPv4 with
/// TCP or UDP. IPv6 and SNAP are left to software (IXSM), and so is UDP that was sent without a checksum.
public final class RxChecksum {
    public static final int IXSM = 1 << 2;
    public static final int TCPCS = 1 << 5;
    public static final int IPCS = 1 << 6;
    public static final int TCPE = 1 << 5;
    public static final int IPE = 1 << 6;

    private static final int IPV4 = 0x0800;
    private static final int TCP = 6;
    private static final int UDP = 17;

    private boolean ipOffload;
    private boolean tcpOffload;
    private int packetStart;
    private int errors;
    private int innerFrom;
    private int innerSum;
    private int innerEnd;

    public void configure(int rxcsum) {
        ipOffload = (rxcsum & FamilyReg.RXCSUM_IPOFL) != 0;
        tcpOffload = (rxcsum & FamilyReg.RXCSUM_TUOFL) != 0;
        packetStart = rxcsum & 0xFF;
    }

    /// Looks at frame `f` of `length` bytes whose network header begins at `l3`.
    ///
    /// @return status bits; [#errors()] and [#packetChecksum] then tell more
    public int inspect(FrameBatch b, int f, HeaderView h, int length, int l3) {
        errors = 0;
        innerEnd = 0;
        if (!ipOffload && !tcpOffload || h.get16(l3 - 2) != IPV4 || length < l3 + 20) {
            return IXSM;
        }
        int headerBytes = (h.get8(l3) & 15) << 2;
        if (h.get8(l3) >>> 4 != 4 || headerBytes < 20 || length < l3 + headerBytes) {
            return IXSM;
        }
        return ipHeader(h, l3, headerBytes) | transport(b, f, h, length, l3, headerBytes);
    }

    private int ipHeader(HeaderView h, int l3, int bytes) {
        if (!ipOffload) {
            return 0;
        }
        if (Checksum.sum(h.segment(), h.at() + l3, bytes) != 0xFFFF) {
            errors |= IPE;
        }
        return IPCS;
    }

    private int transport(FrameBatch b, int f, HeaderView h, int length, int l3, int headerBytes) {
        int bytes = h.get16(l3 + 2) - headerBytes;
        int l4 = l3 + headerBytes;
        boolean fragment = (h.get16(l3 + 6) & 0x3FFF) != 0;
        if (!tcpOffload || fragment || l4 + bytes > length || !hasChecksum(h, l3 + 9, l4, bytes)) {
            return 0;
        }
        int pseudo = Checksum.add(Checksum.sum(h.segment(), h.at() + l3 + 12, 8), h.get8(l3 + 9) + bytes);
        innerFrom = l4;
        innerEnd = l4 + bytes;
        if ((b.flags(f) & (FrameBatch.DATA_VALID | FrameBatch.NEEDS_CSUM)) != 0) {
            innerSum = 0xFFFF - pseudo; // the wire vouches for it, or this chip completes it
            return TCPCS;
        }
        innerSum = Frames.sum(b, f, l4, bytes);
        if (Checksum.add(innerSum, pseudo) != 0xFFFF) {
            errors |= TCPE;
        }
        return TCPCS;
    }

    private static boolean hasChecksum(HeaderView h, int protocolAt, int l4, int bytes) {
        int protocol = h.get8(protocolAt);
        return protocol == TCP && bytes >= 20 || protocol == UDP && bytes >= 8 && h.get16(l4 + 6) != 0;
    }

    public int errors() {
        return errors;
    }

    /// The packet checksum field: from RXCSUM.PCSS to the end, complemented. What was summed already is not summed
    /// again.
    public int packetChecksum(FrameBatch b, int f, int length) {
        if (packetStart >= length) {
            return 0;
        }
        if (innerEnd == 0 || packetStart > innerFrom) {
            return Checksum.finish(Frames.sum(b, f, packetStart, length - packetStart));
        }
        int sum = Frames.sum(b, f, packetStart, innerFrom - packetStart);
        sum = Checksum.addAt(sum, innerSum, innerFrom - packetStart);
        int rest = length - innerEnd;
        return Checksum.finish(
                rest == 0 ? sum : Checksum.addAt(sum, Frames.sum(b, f, innerEnd, rest), innerEnd - packetStart));
    }
}
