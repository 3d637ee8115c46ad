package dev.netstack4j.proto.ipv4.rig;

import dev.netstack4j.api.address.IpAddress;
import java.nio.ByteBuffer;

/// IPv4 packets as bytes, made without the code under test.
public final class Packets {
    private int tos;
    private int ident = 0x1234;
    private int word;
    private int ttl = 64;
    private int protocol = 253;
    private int source = IpAddress.parse("10.0.0.2").v4Bits();
    private int destination = IpAddress.parse("10.0.0.1").v4Bits();
    private byte[] options = {};
    private byte[] payload = {};

    private Packets() {}

    /// From 10.0.0.2 to 10.0.0.1, protocol 253, empty.
    public static Packets packet() {
        return new Packets();
    }

    /// Source and destination.
    public Packets between(String from, String to) {
        source = IpAddress.parse(from).v4Bits();
        destination = IpAddress.parse(to).v4Bits();
        return this;
    }

    /// Protocol number.
    public Packets protocol(int number) {
        protocol = number;
        return this;
    }

    /// Type of service.
    public Packets tos(int value) {
        tos = value;
        return this;
    }

    /// Time to live.
    public Packets ttl(int value) {
        ttl = value;
        return this;
    }

    /// Identification.
    public Packets ident(int value) {
        ident = value;
        return this;
    }

    /// Flags and offset as they stand in the header.
    public Packets word(int value) {
        word = value;
        return this;
    }

    /// As a fragment.
    public Packets fragment(int offset, boolean more) {
        return word(offset / 8 | (more ? 0x2000 : 0));
    }

    /// Options, a multiple of 4 bytes.
    public Packets options(int... bytes) {
        options = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            options[i] = (byte) bytes[i];
        }
        return this;
    }

    /// What follows the header.
    public Packets payload(byte[] bytes) {
        payload = bytes;
        return this;
    }

    /// `length` bytes that count from `first`.
    public Packets payload(int length, int first) {
        return payload(counting(length, first));
    }

    /// `length` bytes that count from `first`.
    public static byte[] counting(int length, int first) {
        byte[] b = new byte[length];
        for (int i = 0; i < length; i++) {
            b[i] = (byte) (first + i + (i >> 8));
        }
        return b;
    }

    /// The packet.
    public byte[] bytes() {
        int header = 20 + options.length;
        ByteBuffer b = ByteBuffer.allocate(header + payload.length);
        b.put((byte) (0x40 | header / 4)).put((byte) tos).putShort((short) b.capacity());
        b.putShort((short) ident).putShort((short) word);
        b.put((byte) ttl).put((byte) protocol).putShort((short) 0);
        b.putInt(source).putInt(destination).put(options).put(payload);
        b.putShort(10, (short) checksum(b.array(), 0, header));
        return b.array();
    }

    /// The Internet checksum, the slow way.
    public static int checksum(byte[] b, int from, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum += (b[from + i] & 0xFF) << ((i & 1) == 0 ? 8 : 0);
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xFFFF) + (sum >>> 16);
        }
        return ~sum & 0xFFFF;
    }

    /// An ICMP message with a right checksum.
    public static byte[] icmp(int type, int code, int rest, byte[] body) {
        ByteBuffer b = ByteBuffer.allocate(8 + body.length);
        b.put((byte) type).put((byte) code).putShort((short) 0).putInt(rest).put(body);
        b.putShort(2, (short) checksum(b.array(), 0, b.capacity()));
        return b.array();
    }

    /// 16 bits of a packet.
    public static int u16(byte[] b, int at) {
        return (b[at] & 0xFF) << 8 | b[at + 1] & 0xFF;
    }

    /// 8 bits of a packet.
    public static int u8(byte[] b, int at) {
        return b[at] & 0xFF;
    }

    /// An address in a packet.
    public static String address(byte[] b, int at) {
        return u8(b, at) + "." + u8(b, at + 1) + "." + u8(b, at + 2) + "." + u8(b, at + 3);
    }

    /// Bytes of hexadecimal text.
    public static byte[] hex(String text) {
        return java.util.HexFormat.of().parseHex(text.replaceAll("\\s", ""));
    }
}
