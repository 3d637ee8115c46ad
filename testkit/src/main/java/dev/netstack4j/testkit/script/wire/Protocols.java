package dev.netstack4j.testkit.script.wire;

/// Numbers of protocols by the names of layers.
final class Protocols {
    static final int ICMP = 1;
    static final int TCP = 6;
    static final int UDP = 17;
    static final int EXPERIMENT = 253;
    static final int ETHERTYPE_IP = 0x0800;
    static final int ETHERTYPE_ARP = 0x0806;

    private Protocols() {}

    static int number(String layer) {
        return switch (layer) {
            case "icmp" -> ICMP;
            case "tcp" -> TCP;
            case "udp" -> UDP;
            default -> EXPERIMENT;
        };
    }

    /// Whether an ICMP message of the type quotes a packet.
    static boolean quotes(int type) {
        return type == 3 || type == 4 || type == 5 || type == 11 || type == 12;
    }

    /// Whether an ICMP message of the type has an identifier and a sequence number.
    static boolean hasId(int type) {
        return type == 0 || type == 8 || type == 13 || type == 14;
    }
}
