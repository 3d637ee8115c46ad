package dev.netstack4j.testkit.kit.qdisc;

import dev.netstack4j.api.link.EthernetHeader;

/// Bytes of UDP datagrams in Ethernet frames, a flow telling the ports.
final class Frames {
    static final int LEAST = EthernetHeader.LENGTH + 28;

    private Frames() {}

    /// @param length at least [#LEAST], or what fits of the headers
    static byte[] udp(int flow, int id, int length) {
        byte[] whole = new byte[Math.max(length, LEAST)];
        put16(whole, 0, 0x0200);
        put16(whole, 4, 2);
        put16(whole, 6, 0x0200);
        put16(whole, 10, 1);
        put16(whole, 12, 0x0800);
        put16(whole, 14, 0x4500);
        put16(whole, 16, whole.length - EthernetHeader.LENGTH);
        put16(whole, 18, id);
        put16(whole, 22, 0x4011);
        put16(whole, 26, 0x0A00);
        put16(whole, 28, 1);
        put16(whole, 30, 0x0A00);
        put16(whole, 32, 2);
        put16(whole, 24, headerChecksum(whole));
        put16(whole, 34, 5000 + flow);
        put16(whole, 36, 9);
        put16(whole, 38, whole.length - EthernetHeader.LENGTH - 20);
        for (int i = LEAST; i < whole.length; i++) {
            whole[i] = (byte) (id + i);
        }
        return length < whole.length ? java.util.Arrays.copyOf(whole, length) : whole;
    }

    static int hash(int flow) {
        return (flow + 1) * 0x9E3779B1;
    }

    private static int headerChecksum(byte[] frame) {
        int sum = 0;
        for (int i = 14; i < 34; i += 2) {
            sum += (frame[i] & 0xFF) << 8 | frame[i + 1] & 0xFF;
        }
        sum = (sum & 0xFFFF) + (sum >>> 16);
        return ~(sum + (sum >>> 16)) & 0xFFFF;
    }

    private static void put16(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >>> 8);
        bytes[at + 1] = (byte) value;
    }
}
