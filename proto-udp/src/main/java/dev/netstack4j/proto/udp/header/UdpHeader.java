package dev.netstack4j.proto.udp.header;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Rfc;

/// The UDP header over the bytes of a packet; `at` is the buffer offset of its first byte.
///
/// ```
/// 0             2             4             6             8
/// | source port | destination |   length    |  checksum   | data
/// ```
@Rfc("768")
public final class UdpHeader {
    /// Bytes.
    public static final int LENGTH = 8;
    /// Where the checksum stands.
    public static final int CHECKSUM = 6;

    private UdpHeader() {}

    /// Source port.
    public static int sourcePort(SkBuff skb, int at) {
        return skb.get16(at);
    }

    /// Destination port.
    public static int destinationPort(SkBuff skb, int at) {
        return skb.get16(at + 2);
    }

    /// Bytes of header and data.
    public static int length(SkBuff skb, int at) {
        return skb.get16(at + 4);
    }

    /// Checksum; 0 for none.
    public static int checksum(SkBuff skb, int at) {
        return skb.get16(at + CHECKSUM);
    }

    /// Writes a header.
    public static void write(SkBuff skb, int at, int sourcePort, int destinationPort, int length, int checksum) {
        skb.put32(at, sourcePort << 16 | destinationPort);
        skb.put32(at + 4, length << 16 | checksum);
    }
}
