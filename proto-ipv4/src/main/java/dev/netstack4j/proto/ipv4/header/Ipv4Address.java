package dev.netstack4j.proto.ipv4.header;

/// Classes of IPv4 addresses as plain 32-bit numbers.
public final class Ipv4Address {
    /// 255.255.255.255.
    public static final int LIMITED_BROADCAST = -1;
    /// 224.0.0.1: every host of the link.
    public static final int ALL_HOSTS = 0xE000_0001;

    private Ipv4Address() {}

    /// 224.0.0.0/4.
    public static boolean isMulticast(int address) {
        return address >>> 28 == 0xE;
    }

    /// 127.0.0.0/8.
    public static boolean isLoopback(int address) {
        return address >>> 24 == 127;
    }

    /// 0.0.0.0/8.
    public static boolean isZeroNet(int address) {
        return address >>> 24 == 0;
    }

    /// 240.0.0.0/4 without the limited broadcast.
    public static boolean isReserved(int address) {
        return address >>> 28 == 0xF && address != LIMITED_BROADCAST;
    }

    /// Mask of a prefix length.
    public static int mask(int length) {
        return length == 0 ? 0 : -1 << (32 - length);
    }

    /// Dotted text.
    public static String text(int address) {
        return (address >>> 24) + "." + (address >>> 16 & 255) + "." + (address >>> 8 & 255) + "." + (address & 255);
    }
}
