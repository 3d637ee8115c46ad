package dev.netstack4j.bus.emulated.silicon;

import dev.netstack4j.api.buffer.Checksum;
import dev.netstack4j.api.hardware.FrameBatch;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/// Reading, summing and copying parts of frames that lie in pieces.
public final class Frames {
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG_LE =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private Frames() {}

    public static int get8(MemorySegment s, long at) {
        return s.get(ValueLayout.JAVA_BYTE, at) & 0xFF;
    }

    public static int get16(MemorySegment s, long at) {
        return s.get(SHORT, at) & 0xFFFF;
    }

    public static void put16(MemorySegment s, long at, int value) {
        s.set(SHORT, at, (short) value);
    }

    public static int get32(MemorySegment s, long at) {
        return s.get(INT, at);
    }

    public static void put32(MemorySegment s, long at, int value) {
        s.set(INT, at, value);
    }

    /// A MAC address as the chip keeps it: the first byte on the wire lowest. Reads 8 bytes.
    public static long mac(MemorySegment s, long at) {
        return s.get(LONG_LE, at) & 0xFFFF_FFFF_FFFFL;
    }

    public static boolean isGroup(long mac) {
        return (mac & 1) != 0;
    }

    public static boolean isBroadcast(long mac) {
        return mac == 0xFFFF_FFFF_FFFFL;
    }

    /// The ones' complement sum of `bytes` from position `from` of frame `f`, folded.
    public static int sum(FrameBatch b, int f, int from, int bytes) {
        int skip = from;
        int done = 0;
        int sum = 0;
        for (int p = b.firstPiece(f); done < bytes && p < b.firstPiece(f + 1); p++) {
            int n = Math.min(b.pieceLength(p) - skip, bytes - done);
            if (n > 0) {
                sum = Checksum.addAt(sum, Checksum.sum(b.pieceSegment(p), b.pieceOffset(p) + skip, n), done);
                done += n;
                skip = 0;
            } else {
                skip -= b.pieceLength(p);
            }
        }
        return sum;
    }

    /// Copies `bytes` from position `from` of frame `f`.
    public static void copy(FrameBatch b, int f, int from, int bytes, MemorySegment target, long targetAt) {
        int skip = from;
        int left = bytes;
        long to = targetAt;
        for (int p = b.firstPiece(f); left > 0 && p < b.firstPiece(f + 1); p++) {
            int n = Math.min(b.pieceLength(p) - skip, left);
            if (n > 0) {
                MemorySegment.copy(b.pieceSegment(p), b.pieceOffset(p) + skip, target, to, n);
                to += n;
                left -= n;
                skip = 0;
            } else {
                skip -= b.pieceLength(p);
            }
        }
    }

    /// The frame check sequence, as it stands in four bytes, the first on the wire lowest. Allocates: no driver of
    /// today asks for it.
    public static int fcs(byte[] frame, int length) {
        CRC32 crc = new CRC32();
        crc.update(frame, 0, length);
        return (int) crc.getValue();
    }
}
