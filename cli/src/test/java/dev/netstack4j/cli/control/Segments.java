package dev.netstack4j.cli.control;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/// TCP segments over IPv4 as hex digits, made and taken apart.
final class Segments {
    static final int FIN = 1;
    static final int SYN = 2;
    static final int RST = 4;
    static final int PSH = 8;
    static final int ACK = 16;

    private Segments() {}

    /// What a segment says.
    record Segment(int sourcePort, int destinationPort, int seq, int ack, int flags, String payload) {}

    static Segment parse(Object hex) {
        ByteBuffer b = ByteBuffer.wrap(HexFormat.of().parseHex((String) hex));
        int ip = (b.get(0) & 15) * 4;
        int tcp = ip + (b.get(ip + 12) >> 4 & 15) * 4;
        byte[] payload = new byte[b.getShort(2) - tcp];
        b.get(tcp, payload);
        return new Segment(
                b.getShort(ip) & 0xFFFF,
                b.getShort(ip + 2) & 0xFFFF,
                b.getInt(ip + 4),
                b.getInt(ip + 8),
                b.get(ip + 13) & 0xFF,
                HexFormat.of().formatHex(payload));
    }

    /// A segment from 192.0.2.2 to 192.0.2.1.
    static String make(int sourcePort, int destinationPort, int seq, int ack, int flags, String payload) {
        byte[] data = HexFormat.of().parseHex(payload);
        ByteBuffer b = ByteBuffer.allocate(40 + data.length);
        b.putInt(0x4500_0000 | b.capacity())
                .putInt(0)
                .putInt(0x4006_0000)
                .putInt(0xC000_0202)
                .putInt(0xC000_0201);
        b.putShort(10, sum(b, 0, 20, 0));
        b.putShort((short) sourcePort)
                .putShort((short) destinationPort)
                .putInt(seq)
                .putInt(ack);
        b.putShort((short) (0x5000 | flags)).putShort((short) 65_000).putInt(0).put(data);
        int pseudo = 0xC000 + 0x0202 + 0xC000 + 0x0201 + 6 + 20 + data.length;
        b.putShort(36, sum(b, 20, 20 + data.length, pseudo));
        return HexFormat.of().formatHex(b.array());
    }

    /// An answer to a SYN from port 80 of 192.0.2.2, with options.
    static String synAck(int port, int ack, String options) {
        byte[] data = HexFormat.of().parseHex(make(80, port, 500, ack, SYN | ACK, options));
        data[32] = (byte) (5 + options.length() / 8 << 4);
        ByteBuffer b = ByteBuffer.wrap(data);
        b.putShort(36, (short) 0);
        int pseudo = 0xC000 + 0x0202 + 0xC000 + 0x0201 + 6 + data.length - 20;
        b.putShort(36, sum(b, 20, data.length - 20, pseudo));
        return HexFormat.of().formatHex(data);
    }

    private static short sum(ByteBuffer b, int from, int length, int begin) {
        int sum = begin;
        for (int i = 0; i < length; i += 2) {
            sum += i + 1 < length ? b.getShort(from + i) & 0xFFFF : (b.get(from + i) & 0xFF) << 8;
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xFFFF) + (sum >>> 16);
        }
        return (short) ~sum;
    }
}
