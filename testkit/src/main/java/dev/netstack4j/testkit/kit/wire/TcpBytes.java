package dev.netstack4j.testkit.kit.wire;

import dev.netstack4j.api.buffer.Checksum;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// An Ethernet frame with TCP over IPv4 and no options: built to be sent, and taken apart when it arrives.
final class TcpBytes {
    static final int TCP = 34;
    static final int HEADERS = 54;
    static final int SUM_OFFSET = 16;
    static final int FIN_PSH_ACK = 0x19;
    static final int ACK = 0x10;

    private static final int FIRST_SEQUENCE = 0xFFFF_F000; // wraps within a super-frame
    private static final int FIRST_ID = 0xFFFE;

    private final byte[] bytes;

    TcpBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /// FIN and PSH set, checksum left open: the field holds the sum of the pseudo-header.
    static TcpBytes open(int payload, RandomGenerator random) {
        byte[] b = new byte[HEADERS + payload];
        random.nextBytes(b);
        Arrays.fill(b, 0, 6, (byte) 0xFF);
        b[6] = 2;
        TcpBytes t = new TcpBytes(b);
        t.put16(12, 0x0800);
        t.put16(14, 0x4500);
        t.put16(16, b.length - 14);
        t.put16(18, FIRST_ID);
        t.put16(20, 0x4000);
        t.put16(22, 64 << 8 | 6);
        t.put16(24, 0);
        t.put16(24, Checksum.finish(t.sum(14, 20)));
        t.put16(38, FIRST_SEQUENCE >>> 16);
        t.put16(40, FIRST_SEQUENCE);
        t.put16(46, 5 << 12 | FIN_PSH_ACK);
        t.put16(TCP + SUM_OFFSET, t.pseudo());
        return t;
    }

    private void put16(int at, int value) {
        bytes[at] = (byte) (value >> 8);
        bytes[at + 1] = (byte) value;
    }

    private int get16(int at) {
        return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
    }

    private int sum(int from, int length) {
        return Checksum.sum(MemorySegment.ofArray(bytes), from, length);
    }

    private int pseudo() {
        return Checksum.add(sum(26, 8), 6 + bytes.length - TCP);
    }

    byte[] bytes() {
        return bytes;
    }

    byte[] payload() {
        return Arrays.copyOfRange(bytes, HEADERS, bytes.length);
    }

    /// What is wrong with it as the piece of a packet of [#open] that begins at `offset` of the payload, or "".
    String asPiece(int number, int offset, boolean last, boolean sumIsOpen) {
        if (bytes.length <= HEADERS || get16(12) != 0x0800 || get16(16) != bytes.length - 14) {
            return "its IP length is not that of its bytes";
        }
        if (sum(14, 20) != 0xFFFF) {
            return "its IP checksum is wrong";
        }
        if (get16(18) != (FIRST_ID + number & 0xFFFF)) {
            return "its IP identification is " + get16(18);
        }
        if ((get16(38) << 16 | get16(40)) != FIRST_SEQUENCE + offset) {
            return "its sequence number is not that of its payload";
        }
        if ((bytes[47] & 0xFF) != (last ? FIN_PSH_ACK : ACK)) {
            return "its TCP flags are " + (bytes[47] & 0xFF);
        }
        if (sumIsOpen) {
            return get16(TCP + SUM_OFFSET) == pseudo() ? "" : "its open checksum does not begin with the pseudo-header";
        }
        return Checksum.add(pseudo(), sum(TCP, bytes.length - TCP)) == 0xFFFF ? "" : "its TCP checksum is wrong";
    }
}
