package dev.netstack4j.testkit.script.wire;

import java.util.Arrays;

/// Bytes that grow, in network order, and the Internet checksum.
final class Bits {
    private byte[] bytes = new byte[128];
    private int length;

    Bits u8(long v) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, length * 2);
        }
        bytes[length++] = (byte) v;
        return this;
    }

    Bits u16(long v) {
        return u8(v >> 8).u8(v);
    }

    Bits u32(long v) {
        return u16(v >> 16).u16(v);
    }

    Bits u48(long v) {
        return u16(v >> 32).u32(v);
    }

    Bits raw(byte[] more) {
        for (byte b : more) {
            u8(b);
        }
        return this;
    }

    int length() {
        return length;
    }

    void put16(int at, long v) {
        bytes[at] = (byte) (v >> 8);
        bytes[at + 1] = (byte) v;
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, length);
    }

    // ---- of arrays

    static int get8(byte[] b, int at) {
        return b[at] & 0xFF;
    }

    static int get16(byte[] b, int at) {
        return get8(b, at) << 8 | get8(b, at + 1);
    }

    static long get32(byte[] b, int at) {
        return (long) get16(b, at) << 16 | get16(b, at + 2);
    }

    static long get48(byte[] b, int at) {
        return (long) get16(b, at) << 32 | get32(b, at + 2);
    }

    /// RFC 1071: the ones' complement sum of a range, folded, not inverted.
    static int sum(byte[] b, int from, int to, long start) {
        long s = start;
        for (int i = from; i < to; i++) {
            s += (i - from & 1) == 0 ? (long) get8(b, i) << 8 : get8(b, i);
        }
        while (s >>> 16 != 0) {
            s = (s & 0xFFFF) + (s >>> 16);
        }
        return (int) s;
    }

    /// The sum of the pseudo header of TCP and UDP.
    static long pseudo(long src, long dst, int protocol, int length) {
        return (src >> 16) + (src & 0xFFFF) + (dst >> 16) + (dst & 0xFFFF) + protocol + length;
    }
}
