package dev.netstack4j.proto.arp;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.link.EtherType;

/// The ARP packet for IPv4 over Ethernet.
///
/// ```
///  0               1               2               3
/// +---------------+---------------+---------------+---------------+
/// | hardware type (1: Ethernet)   | protocol type (0x0800: IPv4)  |
/// +---------------+---------------+---------------+---------------+
/// | lengths: 6    | 4             | operation (1 asks, 2 answers) |
/// +---------------+---------------+---------------+---------------+
/// | sender's Ethernet address (6), then sender's IPv4 address (4) |
/// | target's Ethernet address (6), then target's IPv4 address (4) |
/// +---------------+---------------+---------------+---------------+
/// ```
///
/// Positions `at` are buffer offsets of the packet's first byte.
@Rfc("826")
final class ArpPacket {
    static final int LENGTH = 28;
    static final int HARDWARE_ETHERNET = 1;
    static final int REQUEST = 1;
    static final int REPLY = 2;

    private static final int MAC_LENGTH = 6;
    private static final int IP_LENGTH = 4;

    private ArpPacket() {}

    static int hardwareType(SkBuff skb, int at) {
        return skb.get16(at);
    }

    static int protocolType(SkBuff skb, int at) {
        return skb.get16(at + 2);
    }

    static boolean hasRightLengths(SkBuff skb, int at) {
        return skb.get16(at + 4) == (MAC_LENGTH << 8 | IP_LENGTH);
    }

    static int operation(SkBuff skb, int at) {
        return skb.get16(at + 6);
    }

    static long senderMac(SkBuff skb, int at) {
        return skb.get64(at + 8) >>> 16;
    }

    static int senderIp(SkBuff skb, int at) {
        return skb.get32(at + 14);
    }

    static long targetMac(SkBuff skb, int at) {
        return skb.get64(at + 18) >>> 16;
    }

    static int targetIp(SkBuff skb, int at) {
        return skb.get32(at + 24);
    }

    /// Writes a whole packet.
    static void write(SkBuff skb, int at, int operation, long senderMac, int senderIp, long targetMac, int targetIp) {
        skb.put16(at, HARDWARE_ETHERNET);
        skb.put16(at + 2, EtherType.IPV4);
        skb.put16(at + 4, MAC_LENGTH << 8 | IP_LENGTH);
        skb.put16(at + 6, operation);
        writeMac(skb, at + 8, senderMac);
        skb.put32(at + 14, senderIp);
        writeMac(skb, at + 18, targetMac);
        skb.put32(at + 24, targetIp);
    }

    private static void writeMac(SkBuff skb, int at, long mac) {
        skb.put16(at, (int) (mac >>> 32));
        skb.put32(at + 2, (int) mac);
    }
}
