package dev.netstack4j.proto.tcp.header;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Rfc;

/// The fixed header, read and written at an skb's transport mark.
///
/// ```
///  0                   1                   2                   3
/// |          source port          |       destination port        |
/// |                        sequence number                        |
/// |                     acknowledgement number                    |
/// | offset|rsv|      flags        |            window             |
/// |           checksum            |         urgent pointer        |
/// ```
@Rfc("9293#3.1")
public final class TcpHeader {
    /// Bytes of the header without options.
    public static final int LENGTH = 20;
    /// Bytes of the longest header.
    public static final int MAX_LENGTH = 60;
    /// Where the checksum stands.
    public static final int CHECKSUM_AT = 16;

    private TcpHeader() {}

    /// Source port.
    public static int sourcePort(SkBuff skb) {
        return skb.get16(skb.transportHeader());
    }

    /// Destination port.
    public static int destinationPort(SkBuff skb) {
        return skb.get16(skb.transportHeader() + 2);
    }

    /// Sequence number.
    public static int seq(SkBuff skb) {
        return skb.get32(skb.transportHeader() + 4);
    }

    /// Acknowledgement number.
    public static int ack(SkBuff skb) {
        return skb.get32(skb.transportHeader() + 8);
    }

    /// Bytes of the header with options.
    public static int length(SkBuff skb) {
        return skb.get8(skb.transportHeader() + 12) >>> 4 << 2;
    }

    /// Control bits.
    public static int flags(SkBuff skb) {
        return skb.get8(skb.transportHeader() + 13);
    }

    /// Offset, flags and window in one word.
    public static int word3(SkBuff skb) {
        return skb.get32(skb.transportHeader() + 12);
    }

    /// Window, not scaled.
    public static int window(SkBuff skb) {
        return skb.get16(skb.transportHeader() + 14);
    }

    /// Urgent pointer.
    public static int urgentPointer(SkBuff skb) {
        return skb.get16(skb.transportHeader() + 18);
    }

    /// Writes the fixed header at a buffer offset; the checksum field is zero then.
    ///
    /// @param ports  source port in the upper half, destination port in the lower
    /// @param length bytes of the header with options
    public static void write(SkBuff skb, int at, int ports, int seq, int ack, int length, int flags, int window) {
        skb.put32(at, ports);
        skb.put32(at + 4, seq);
        skb.put32(at + 8, ack);
        skb.put32(at + 12, length << 26 | flags << 16 | window);
        skb.put32(at + 16, 0);
    }
}
