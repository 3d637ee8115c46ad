package dev.netstack4j.bus.emulated.i82576;

import dev.netstack4j.bus.emulated.silicon.HeaderView;

/// Receive side scaling: parses a frame, hashes what MRQC selects, and looks the queue up in RETA. Also tells the
/// packet type of the advanced descriptor. Not modelled: SCTP, IPv6 extension headers, VMDq.
///
/// ```
/// MRQC   31..16 fields: 0 TCP/IPv4, 1 IPv4, 2 TCP/IPv6 ext, 4 IPv6, 5 TCP/IPv6, 6 UDP/IPv4, 7 UDP/IPv6 | 2..0 mode
/// ```
final class RssUnit {
    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86DD;
    private static final int TCP = 6;
    private static final int UDP = 17;

    private static final int TYPE_TCP4 = 1;
    private static final int TYPE_IP4 = 2;
    private static final int TYPE_TCP6 = 3;
    private static final int TYPE_IP6 = 5;
    private static final int TYPE_UDP4 = 7;
    private static final int TYPE_UDP6 = 8;

    private static final int PACKET_IP4 = 0x10;
    private static final int PACKET_IP6 = 0x40;
    private static final int PACKET_TCP = 0x100;
    private static final int PACKET_UDP = 0x200;

    private final Toeplitz toeplitz = new Toeplitz();
    private final byte[] reta = new byte[128];
    private int fields;
    private boolean enabled;
    private int hash;
    private int hashType;
    private int packetType;
    private boolean hasLast;
    private int lastSource;
    private int lastDestination;
    private int lastPorts;
    private int lastHash;

    /// One of its registers was written.
    void configure(int[] file) {
        int mrqc = file[Reg.MRQC >> 2];
        enabled = (mrqc & Reg.MRQC_MODE) == Reg.MRQC_RSS;
        fields = mrqc >>> 16;
        for (int i = 0; i < reta.length; i++) {
            reta[i] = (byte) (file[(Reg.RETA >> 2) + i / 4] >>> 8 * (i % 4) & 15);
        }
    }

    /// The key was written.
    void configureKey(int[] file) {
        byte[] key = new byte[Toeplitz.KEY];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (file[(Reg.RSSRK >> 2) + i / 4] >>> 8 * (i % 4));
        }
        toeplitz.key(key);
        hasLast = false;
    }

    /// Looks at the frame of `length` bytes in the header view, whose network header begins at `l3`.
    ///
    /// @return the queue
    int inspect(HeaderView h, int length, int l3) {
        hash = 0;
        hashType = 0;
        packetType = 0;
        int type = h.get16(l3 - 2);
        if (type == IPV4 && length >= l3 + 20 && (h.get8(l3) & 15) >= 5) {
            ipv4(h, length, l3);
        } else if (type == IPV6 && length >= l3 + 40) {
            ipv6(h, length, l3);
        }
        return hashType == 0 ? 0 : reta[hash & 127];
    }

    private void ipv4(HeaderView h, int length, int l3) {
        int l4 = l3 + ((h.get8(l3) & 15) << 2);
        boolean whole = (h.get16(l3 + 6) & 0x3FFF) == 0 && length >= l4 + 4;
        int protocol = whole ? h.get8(l3 + 9) : -1;
        packetType = PACKET_IP4 | packetOf(protocol);
        choose(h, l3 + 12, 8, l4, kind(protocol, 0, TYPE_TCP4, 6, TYPE_UDP4), has(1) ? TYPE_IP4 : 0);
    }

    private void ipv6(HeaderView h, int length, int l3) {
        int protocol = length >= l3 + 44 ? h.get8(l3 + 6) : -1;
        packetType = PACKET_IP6 | packetOf(protocol);
        int tcpField = has(5) ? 5 : 2;
        choose(h, l3 + 8, 32, l3 + 40, kind(protocol, tcpField, TYPE_TCP6, 7, TYPE_UDP6), has(4) ? TYPE_IP6 : 0);
    }

    private static int packetOf(int protocol) {
        return protocol == TCP ? PACKET_TCP : protocol == UDP ? PACKET_UDP : 0;
    }

    private int kind(int protocol, int tcpField, int tcpType, int udpField, int udpType) {
        if (protocol == TCP && has(tcpField)) {
            return tcpType;
        }
        return protocol == UDP && has(udpField) ? udpType : 0;
    }

    private boolean has(int field) {
        return (fields >>> field & 1) != 0;
    }

    private void choose(HeaderView h, int addresses, int bytes, int ports, int withPorts, int without) {
        if (!enabled || withPorts == 0 && without == 0) {
            return;
        }
        hashType = withPorts != 0 ? withPorts : without;
        boolean ofIpv4Ports = bytes == 8 && withPorts != 0;
        if (ofIpv4Ports && isLast(h, addresses, ports)) {
            hash = lastHash;
            return;
        }
        int sum = 0;
        for (int i = 0; i < bytes; i++) {
            sum = toeplitz.add(sum, i, h.get8(addresses + i));
        }
        for (int i = 0; withPorts != 0 && i < 4; i++) {
            sum = toeplitz.add(sum, bytes + i, h.get8(ports + i));
        }
        hash = sum;
        if (ofIpv4Ports) {
            remember(h, addresses, ports);
        }
    }

    /// Frames of a flow come in a row; the hash of the last one is kept.
    private boolean isLast(HeaderView h, int addresses, int ports) {
        return hasLast
                && h.get32(addresses) == lastSource
                && h.get32(addresses + 4) == lastDestination
                && h.get32(ports) == lastPorts;
    }

    private void remember(HeaderView h, int addresses, int ports) {
        hasLast = true;
        lastSource = h.get32(addresses);
        lastDestination = h.get32(addresses + 4);
        lastPorts = h.get32(ports);
        lastHash = hash;
    }

    /// Hash of the frame inspected last.
    int hash() {
        return hash;
    }

    /// Type of that hash and of the packet: the low half of the advanced descriptor's first word.
    int packetInfo() {
        return packetType | hashType;
    }
}
