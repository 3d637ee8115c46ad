package dev.netstack4j.proto.ipv4.header;

import dev.netstack4j.api.buffer.Checksum;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Rfc;

/// The IPv4 header over the bytes of a packet; `at` is the buffer offset of its first byte.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-------+-------+---------------+-------------------------------+ 0
/// |version|  ihl  |type of service|         total length          |
/// +-------+-------+---------------+-----+-------------------------+ 4
/// |        identification         |flags|     fragment offset     |
/// +---------------+---------------+-----+-------------------------+ 8
/// | time to live  |   protocol    |        header checksum        |
/// +---------------+---------------+-------------------------------+ 12
/// |                            source                             |
/// +---------------------------------------------------------------+ 16
/// |                         destination                           |
/// +---------------------------------------------------------------+ 20, then options
/// ```
@Rfc("791#3.1")
public final class Ipv4Header {
    /// Bytes without options.
    public static final int LENGTH = 20;
    /// Most bytes with options.
    public static final int MOST = 60;
    /// Longest packet.
    public static final int MOST_PACKET = 65535;
    /// Flag "don't fragment" in the fragment word.
    public static final int DF = 0x4000;
    /// Flag "more fragments" in the fragment word.
    public static final int MF = 0x2000;
    /// Offset in units of 8 bytes in the fragment word.
    public static final int OFFSET = 0x1FFF;

    private Ipv4Header() {}

    /// The version field.
    public static int version(SkBuff skb, int at) {
        return skb.get8(at) >>> 4;
    }

    /// Bytes of the header, from its own field.
    public static int headerLength(SkBuff skb, int at) {
        return (skb.get8(at) & 0xF) << 2;
    }

    /// Type of service.
    public static int tos(SkBuff skb, int at) {
        return skb.get8(at + 1);
    }

    /// Bytes of header and payload.
    public static int totalLength(SkBuff skb, int at) {
        return skb.get16(at + 2);
    }

    /// Identification.
    public static int ident(SkBuff skb, int at) {
        return skb.get16(at + 4);
    }

    /// Flags and fragment offset.
    public static int fragmentWord(SkBuff skb, int at) {
        return skb.get16(at + 6);
    }

    /// Whether it is a part of a datagram: not its beginning, or not its end.
    public static boolean isFragment(SkBuff skb, int at) {
        return (fragmentWord(skb, at) & (MF | OFFSET)) != 0;
    }

    /// Time to live.
    public static int ttl(SkBuff skb, int at) {
        return skb.get8(at + 8);
    }

    /// Protocol above.
    public static int protocol(SkBuff skb, int at) {
        return skb.get8(at + 9);
    }

    /// Source address.
    public static int source(SkBuff skb, int at) {
        return skb.get32(at + 12);
    }

    /// Destination address.
    public static int destination(SkBuff skb, int at) {
        return skb.get32(at + 16);
    }

    /// Whether the checksum over `headerLength` bytes is right.
    public static boolean isChecksumRight(SkBuff skb, int at, int headerLength) {
        if (headerLength == LENGTH) {
            int sum = Checksum.add(Checksum.of64(skb.get64(at)), Checksum.of64(skb.get64(at + 8)));
            return Checksum.add(sum, Checksum.of32(skb.get32(at + 16))) == 0xFFFF;
        }
        return skb.memory().sum(skb.addressOf(at), headerLength) == 0xFFFF;
    }

    /// Writes a header without options, checksum included.
    ///
    /// @param fragmentWord flags and offset
    public static void write(
            SkBuff skb,
            int at,
            int tos,
            int totalLength,
            int ident,
            int fragmentWord,
            int ttl,
            int protocol,
            int source,
            int destination) {
        int first = 0x4500 | tos;
        int life = ttl << 8 | protocol;
        int sum =
                first + totalLength + ident + fragmentWord + life + Checksum.of32(source) + Checksum.of32(destination);
        skb.put32(at, first << 16 | totalLength);
        skb.put32(at + 4, ident << 16 | fragmentWord);
        skb.put32(at + 8, life << 16 | Checksum.finish(sum));
        skb.put32(at + 12, source);
        skb.put32(at + 16, destination);
    }

    /// Changes length and fragment word of a header of any length and computes its checksum anew.
    public static void rewrite(SkBuff skb, int at, int headerLength, int totalLength, int fragmentWord) {
        skb.put16(at + 2, totalLength);
        skb.put16(at + 6, fragmentWord);
        seal(skb, at, headerLength);
    }

    /// Computes the checksum anew.
    public static void seal(SkBuff skb, int at, int headerLength) {
        skb.put16(at + 10, 0);
        skb.put16(at + 10, Checksum.finish(skb.memory().sum(skb.addressOf(at), headerLength)));
    }

    /// Sets the codepoint "congestion experienced" and corrects the checksum.
    @Rfc("1624#3")
    public static void markCongestion(SkBuff skb, int at) {
        int before = skb.get16(at);
        int after = before | 3;
        skb.put16(at, after);
        skb.put16(at + 10, Checksum.update(skb.get16(at + 10), before, after));
    }

    /// Takes one off the time to live and corrects the checksum.
    @Rfc("1624#3")
    public static void decrementTtl(SkBuff skb, int at) {
        int before = skb.get16(at + 8);
        int after = before - 0x100;
        skb.put16(at + 8, after);
        skb.put16(at + 10, Checksum.update(skb.get16(at + 10), before, after));
    }
}
