package dev.netstack4j.testkit.simulation;

/// A frame in a few words, for people. Nothing is checked.
final class FrameText {
    private static final int IPV4 = 0x0800;
    private static final int ARP = 0x0806;

    private FrameText() {}

    static String describe(byte[] f) {
        int type = f.length < 14 ? -1 : u16(f, 12);
        return switch (type) {
            case ARP -> arp(f);
            case IPV4 -> ip(f);
            case -1 -> f.length + " bytes";
            default -> String.format("type 0x%04x, %d bytes", type, f.length);
        };
    }

    private static String arp(byte[] f) {
        if (f.length < 42) {
            return "ARP, cut off";
        }
        return u16(f, 20) == 1
                ? "ARP who has " + address(f, 38) + "? tell " + address(f, 28)
                : "ARP " + address(f, 28) + " is here";
    }

    private static String ip(byte[] f) {
        if (f.length < 34) {
            return "IPv4, cut off";
        }
        int header = (f[14] & 0xF) * 4;
        int total = u16(f, 16);
        int l4 = 14 + header;
        String ends = address(f, 26) + " > " + address(f, 30);
        boolean fragment = (u16(f, 20) & 0x1FFF) != 0;
        if (fragment || f.length < l4 + 20) {
            return "IPv4 " + ends + " protocol " + f[23] + (fragment ? " fragment" : "") + ", " + total + " bytes";
        }
        return switch (f[23]) {
            case 6 -> tcp(f, l4, ends, total - header);
            case 17 -> "UDP " + ports(f, l4, ends) + ", " + (total - header - 8) + " bytes";
            case 1 -> "ICMP " + ends + " type " + f[l4] + " code " + f[l4 + 1];
            default -> "IPv4 " + ends + " protocol " + f[23] + ", " + total + " bytes";
        };
    }

    private static String tcp(byte[] f, int at, String ends, int length) {
        int payload = length - ((f[at + 12] & 0xF0) >> 2);
        StringBuilder flags = new StringBuilder();
        String names = "FSRPAU";
        for (int i = 0; i < names.length(); i++) {
            if ((f[at + 13] >> i & 1) != 0) {
                flags.append(names.charAt(i));
            }
        }
        return "TCP " + ports(f, at, ends) + " " + flags + " seq " + u32(f, at + 4) + " ack " + u32(f, at + 8) + " win "
                + u16(f, at + 14) + ", " + payload + " bytes";
    }

    private static String ports(byte[] f, int at, String ends) {
        int arrow = ends.indexOf(" > ");
        return ends.substring(0, arrow) + ":" + u16(f, at) + ends.substring(arrow) + ":" + u16(f, at + 2);
    }

    private static String address(byte[] f, int at) {
        return (f[at] & 0xFF) + "." + (f[at + 1] & 0xFF) + "." + (f[at + 2] & 0xFF) + "." + (f[at + 3] & 0xFF);
    }

    private static int u16(byte[] f, int at) {
        return (f[at] & 0xFF) << 8 | f[at + 1] & 0xFF;
    }

    private static long u32(byte[] f, int at) {
        return (long) u16(f, at) << 16 | u16(f, at + 2);
    }
}
