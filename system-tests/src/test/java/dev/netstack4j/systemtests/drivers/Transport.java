package dev.netstack4j.systemtests.drivers;

import dev.netstack4j.api.address.MacAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

/// A frame with TCP or UDP over IPv4 or IPv6 and right checksums, written from the RFCs and not with the stack's code.
final class Transport {
    static final int TCP = 6;
    static final int UDP = 17;
    static final int FIN = 1;
    static final int PSH = 8;
    static final int ACK = 16;

    private static final int ETHERNET = 14;
    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86DD;

    /// The whole frame.
    final byte[] bytes;
    /// Where the network header begins.
    final int network = ETHERNET;
    /// Where the transport header begins.
    final int transport;

    private final int protocol;

    private Transport(byte[] bytes) {
        this.bytes = bytes;
        boolean v4 = get16(12) == IPV4;
        transport = network + (v4 ? (bytes[network] & 15) * 4 : 40);
        protocol = bytes[network + (v4 ? 9 : 6)];
    }

    /// Reads a frame.
    static Transport of(byte[] bytes) {
        return new Transport(bytes);
    }

    /// Who talks to whom.
    record Ends(MacAddress to, MacAddress from, int source, int sourcePort, int destination, int destinationPort) {
        /// Ends of the flow of that number.
        static Ends flow(MacAddress to, MacAddress from, int number) {
            return new Ends(to, from, 0x0A00_0001, 10_000 + number * 7, 0x0A00_0002, 9);
        }
    }

    /// Over IPv4, with so many bytes of IP options.
    static Transport ipv4(int protocol, Ends ends, int options, int payload, SplittableRandom random) {
        int header = 20 + options;
        ByteBuffer b = begin(ends, IPV4, header + headerOf(protocol) + payload, random);
        b.put((byte) (0x40 | header / 4)).put((byte) 0);
        b.putShort((short) (b.capacity() - ETHERNET)).putShort((short) 0x1234).putShort((short) 0x4000);
        b.put((byte) 64).put((byte) protocol).putShort((short) 0);
        b.putInt(ends.source).putInt(ends.destination);
        for (int i = 0; i < options; i++) {
            b.put((byte) 1); // no operation
        }
        return end(b, protocol, ends);
    }

    /// Over IPv6; the addresses end in those given.
    static Transport ipv6(int protocol, Ends ends, int payload, SplittableRandom random) {
        int length = headerOf(protocol) + payload;
        ByteBuffer b = begin(ends, IPV6, 40 + length, random);
        b.putInt(0x6000_0000).putShort((short) length).put((byte) protocol).put((byte) 64);
        b.putLong(0xFD00_0000_0000_0000L).putInt(0).putInt(ends.source);
        b.putLong(0xFD00_0000_0000_0000L).putInt(0).putInt(ends.destination);
        return end(b, protocol, ends);
    }

    private static int headerOf(int protocol) {
        return protocol == TCP ? 20 : 8;
    }

    private static ByteBuffer begin(Ends ends, int type, int length, SplittableRandom random) {
        byte[] f = new byte[ETHERNET + length];
        random.nextBytes(f);
        ByteBuffer b = ByteBuffer.wrap(f);
        b.putShort((short) (ends.to.bits() >>> 32)).putInt((int) ends.to.bits());
        b.putShort((short) (ends.from.bits() >>> 32)).putInt((int) ends.from.bits());
        return b.putShort((short) type);
    }

    private static Transport end(ByteBuffer b, int protocol, Ends ends) {
        b.putShort((short) ends.sourcePort).putShort((short) ends.destinationPort);
        if (protocol == TCP) {
            b.putInt(0x1000_0000).putInt(0x2000_0000).put((byte) 0x50).put((byte) ACK);
            b.putShort((short) 0x7210).putInt(0);
        } else {
            b.putShort((short) (b.remaining() + 4)).putShort((short) 0);
        }
        Transport t = new Transport(b.array());
        t.sum();
        return t;
    }

    /// Writes both checksums.
    void sum() {
        if (isIpv4()) {
            put16(network + 10, 0);
            put16(network + 10, ~fold(add(0, network, transport - network)));
        }
        put16(checksumAt(), pseudoHeader());
        int value = ~fold(add(0, transport, bytes.length - transport)) & 0xFFFF;
        put16(checksumAt(), value == 0 && protocol == UDP ? 0xFFFF : value);
    }

    boolean isIpv4() {
        return get16(12) == IPV4;
    }

    /// Whether both checksums are right.
    boolean isRight() {
        Transport other = new Transport(bytes.clone());
        other.sum();
        return Arrays.equals(bytes, other.bytes);
    }

    /// A copy with only the sum of the pseudo-header in the transport checksum, as a stack leaves it to a device.
    byte[] open() {
        Transport other = new Transport(bytes.clone());
        other.put16(other.checksumAt(), other.pseudoHeader());
        return other.bytes;
    }

    /// A copy with a wrong transport checksum.
    byte[] damaged() {
        byte[] copy = bytes.clone();
        copy[checksumAt()] ^= 0x55;
        return copy;
    }

    /// Distance of the checksum from the transport header.
    int checksumOffset() {
        return protocol == TCP ? 16 : 6;
    }

    private int checksumAt() {
        return transport + checksumOffset();
    }

    private int pseudoHeader() {
        int addresses = isIpv4() ? add(0, network + 12, 8) : add(0, network + 8, 32);
        return fold(addresses + protocol + bytes.length - transport);
    }

    private int add(int start, int at, int length) {
        int s = start;
        for (int i = 0; i < length; i++) {
            int v = bytes[at + i] & 0xFF;
            s += (i & 1) == 0 ? v << 8 : v;
        }
        return s;
    }

    private static int fold(int sum) {
        int s = (sum & 0xFFFF) + (sum >>> 16);
        return (s & 0xFFFF) + (s >>> 16);
    }

    int get16(int at) {
        return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
    }

    void put16(int at, int value) {
        bytes[at] = (byte) (value >>> 8);
        bytes[at + 1] = (byte) value;
    }

    // ---- TCP

    int sequence() {
        return get16(transport + 4) << 16 | get16(transport + 6);
    }

    void sequence(int value) {
        put16(transport + 4, value >>> 16);
        put16(transport + 6, value);
    }

    int flags() {
        return bytes[transport + 13];
    }

    void flags(int value) {
        bytes[transport + 13] = (byte) value;
    }

    /// Where the payload begins.
    int payload() {
        return transport + (protocol == TCP ? (bytes[transport + 12] >>> 4 & 15) * 4 : 8);
    }
}
