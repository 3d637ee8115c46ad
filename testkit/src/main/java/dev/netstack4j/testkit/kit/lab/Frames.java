package dev.netstack4j.testkit.kit.lab;

import dev.netstack4j.api.address.MacAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Frames for trials, without frame check sequence.
public final class Frames {
    /// An EtherType that nobody owns.
    public static final int TYPE = 0x88B5;
    /// Bytes of the link-layer header.
    public static final int HEADER = 14;
    /// Shortest frame that the link carries; shorter ones are padded.
    public static final int LEAST = 60;
    /// The other end.
    public static final MacAddress PEER = MacAddress.parse("02:00:00:00:be:ef");

    private Frames() {}

    /// A frame of random bytes behind a header.
    public static byte[] frame(MacAddress to, int bytes, SplittableRandom random) {
        return frame(to, PEER, TYPE, bytes, random);
    }

    /// A frame of random bytes behind a header.
    public static byte[] frame(MacAddress to, MacAddress from, int type, int bytes, SplittableRandom random) {
        byte[] f = new byte[bytes];
        random.nextBytes(f);
        ByteBuffer b = ByteBuffer.allocate(HEADER);
        b.putShort((short) (to.bits() >>> 32)).putInt((int) to.bits());
        b.putShort((short) (from.bits() >>> 32)).putInt((int) from.bits());
        b.putShort((short) type);
        System.arraycopy(b.array(), 0, f, 0, Math.min(HEADER, bytes));
        return f;
    }

    /// Writes a number behind the header, by which order and loss are seen.
    public static byte[] numbered(byte[] frame, int number) {
        ByteBuffer.wrap(frame).putInt(HEADER, number);
        return frame;
    }

    /// The number that [#numbered] wrote.
    public static int number(byte[] frame) {
        return frame.length < HEADER + 4 ? -1 : ByteBuffer.wrap(frame).getInt(HEADER);
    }

    /// UDP over IPv4, with correct checksums; `at` of [#UDP_CHECKSUM] is the place of UDP's.
    public static byte[] udp(MacAddress to, MacAddress from, int payload, SplittableRandom random) {
        byte[] f = frame(to, from, 0x0800, HEADER + 28 + payload, random);
        ByteBuffer b = ByteBuffer.wrap(f);
        b.position(HEADER);
        b.putShort((short) 0x4500).putShort((short) (28 + payload)).putInt(0x0000_4000);
        b.putShort((short) 0x4011).putShort((short) 0).putInt(0x0A00_0001).putInt(0x0A00_0002);
        b.putShort((short) 4000).putShort((short) 5000).putShort((short) (8 + payload));
        b.putShort((short) 0);
        b.putShort(HEADER + 10, (short) ~sum(f, HEADER, 20, 0));
        int c = ~pseudoSum(f, payload) & 0xFFFF;
        b.putShort(UDP_CHECKSUM, (short) (c == 0 ? 0xFFFF : c));
        return f;
    }

    /// Where the checksum of [#udp] lies.
    public static final int UDP_CHECKSUM = HEADER + 26;
    /// Where the bytes that it covers begin.
    public static final int UDP_HEADER = HEADER + 20;

    private static int pseudoSum(byte[] f, int payload) {
        return sum(f, UDP_HEADER, 8 + payload, sum(f, HEADER + 12, 8, 17 + 8 + payload));
    }

    /// The sum of the pseudo header of a [#udp] frame: what a stack leaves in the field of a checksum to be completed.
    public static int pseudoHeader(byte[] f) {
        return sum(f, HEADER + 12, 8, 17 + f.length - UDP_HEADER);
    }

    private static int sum(byte[] f, int from, int length, int start) {
        long s = start;
        for (int i = 0; i < length; i++) {
            int v = f[from + i] & 0xFF;
            s += (i & 1) == 0 ? v << 8 : v;
        }
        while (s > 0xFFFF) {
            s = (s & 0xFFFF) + (s >>> 16);
        }
        return (int) s;
    }

    /// The same frame with a VLAN tag behind its addresses.
    public static byte[] tagged(byte[] frame, int tag) {
        byte[] f = new byte[frame.length + 4];
        System.arraycopy(frame, 0, f, 0, 12);
        ByteBuffer.wrap(f).putShort(12, (short) 0x8100).putShort(14, (short) tag);
        System.arraycopy(frame, 12, f, 16, frame.length - 12);
        return f;
    }

    /// Whether `got` is `wanted`, perhaps padded with zeros to the least length.
    public static boolean same(byte[] wanted, byte[] got) {
        if (got.length != wanted.length && got.length != Math.max(wanted.length, LEAST)) {
            return false;
        }
        return Arrays.equals(Arrays.copyOf(wanted, got.length), got);
    }

    /// The first difference between two lists of frames as a sentence; empty when there is none.
    public static String difference(List<byte[]> wanted, List<byte[]> got) {
        for (int i = 0; i < Math.min(wanted.size(), got.size()); i++) {
            if (!same(wanted.get(i), got.get(i))) {
                return "frame " + i + " of " + wanted.get(i).length + " bytes came as one of " + got.get(i).length
                        + " bytes, which differs at byte " + mismatch(wanted.get(i), got.get(i));
            }
        }
        return wanted.size() == got.size() ? "" : got.size() + " frames came, where there should be " + wanted.size();
    }

    private static int mismatch(byte[] wanted, byte[] got) {
        int at = Arrays.mismatch(wanted, got);
        for (int i = wanted.length; at == wanted.length && i < got.length; i++, at++) {
            if (got[i] != 0) {
                return i;
            }
        }
        return at;
    }
}
