package dev.netstack4j.bus.emulated.bench;

import dev.netstack4j.api.buffer.Checksum;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HexFormat;

/// Frames for tests.
public final class Bytes {
    /// The card's address in these tests.
    public static final String MAC = "52:54:00:12:34:56";

    private Bytes() {}

    public static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
    }

    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /// A frame for the card, of that length, its payload counting up from `seed`.
    public static byte[] frame(int length, int seed) {
        return frame("525400123456", length, seed);
    }

    public static byte[] frame(String destination, int length, int seed) {
        byte[] b = new byte[length];
        for (int i = 14; i < length; i++) {
            b[i] = (byte) (seed + i);
        }
        byte[] head = hex(destination + "02000000000188b5");
        System.arraycopy(head, 0, b, 0, Math.min(head.length, length));
        return b;
    }

    public static byte[] set(byte[] bytes, int at, int... values) {
        byte[] copy = bytes.clone();
        for (int i = 0; i < values.length; i++) {
            copy[at + i] = (byte) values[i];
        }
        return copy;
    }

    public static int get16(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
    }

    public static int get32(byte[] bytes, int at) {
        return get16(bytes, at) << 16 | get16(bytes, at + 2);
    }

    /// Ones' complement sum.
    public static int sum(byte[] bytes, int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i += 2) {
            sum += (bytes[i] & 0xFF) << 8 | (i + 1 < to ? bytes[i + 1] & 0xFF : 0);
        }
        return Checksum.fold(sum);
    }

    /// The sum of the IPv4 pseudo-header.
    public static int pseudo(byte[] frame, int l3, int transportBytes) {
        return Checksum.add(sum(frame, l3 + 12, l3 + 20), (frame[l3 + 9] & 0xFF) + transportBytes);
    }

    /// Inserts a VLAN tag.
    public static byte[] tagged(byte[] frame, int tag) {
        byte[] t = Arrays.copyOf(frame, frame.length + 4);
        System.arraycopy(frame, 12, t, 16, frame.length - 12);
        return set(t, 12, 0x81, 0x00, tag >> 8, tag);
    }

    public static byte[] concat(byte[] a, byte[] b) {
        byte[] c = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, c, a.length, b.length);
        return c;
    }

    /// A TCP segment over IPv4 with good checksums, from 10.0.0.1:40000 to 10.0.0.2:80.
    public static byte[] tcp(int payload, int flags) {
        byte[] b = frame(54 + payload, 3);
        byte[] head = hex("0800 4500" + String.format("%04x", 40 + payload) + "1234 4000 40 06 0000 0a000001 0a000002"
                + "9c40 0050 01020304 05060708 50" + String.format("%02x", flags) + " ffff 0000 0000");
        System.arraycopy(head, 0, b, 12, head.length);
        put16(b, 24, Checksum.finish(sum(b, 14, 34)));
        put16(b, 50, Checksum.finish(Checksum.add(pseudo(b, 14, 20 + payload), sum(b, 34, b.length))));
        return b;
    }

    /// A UDP datagram over IPv4 with good checksums.
    public static byte[] udp(int payload) {
        byte[] b = frame(42 + payload, 9);
        byte[] head = hex("0800 4500" + String.format("%04x", 28 + payload)
                + "4321 4000 40 11 0000 0a000001 0a000002 1388 1389" + String.format("%04x", 8 + payload) + "0000");
        System.arraycopy(head, 0, b, 12, head.length);
        put16(b, 24, Checksum.finish(sum(b, 14, 34)));
        put16(b, 40, Checksum.finish(Checksum.add(pseudo(b, 14, 8 + payload), sum(b, 34, b.length))));
        return b;
    }

    public static void put16(byte[] b, int at, int value) {
        b[at] = (byte) (value >> 8);
        b[at + 1] = (byte) value;
    }

    public static MemorySegment segment(byte[] bytes) {
        return MemorySegment.ofArray(bytes);
    }
}
