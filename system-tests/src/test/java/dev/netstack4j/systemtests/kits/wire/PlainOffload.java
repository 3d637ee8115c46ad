package dev.netstack4j.systemtests.kits.wire;

import dev.netstack4j.api.buffer.Checksum;
import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.hardware.WireReceiver;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a frame leaves to a [PlainWire]: the wire does it, or hands it on. TCP over IPv4 without options or tags.
record PlainOffload(int start, int offset, int type, int size, int headers) {
    static final PlainOffload NONE = new PlainOffload(-1, 0, FrameBatch.GSO_NONE, 0, 0);

    private static final int IP = 14;

    static PlainOffload of(FrameBatch b, int f) {
        return (b.flags(f) & FrameBatch.NEEDS_CSUM) == 0
                ? NONE
                : new PlainOffload(b.csumStart(f), b.csumOffset(f), b.gsoType(f), b.gsoSize(f), b.headerLength(f));
    }

    boolean isOpen() {
        return start >= 0;
    }

    boolean isTakenBy(@Nullable WireReceiver device) {
        int needed = type == FrameBatch.GSO_NONE ? Wire.CAN_CSUM : Wire.CAN_TSO4;
        return device != null && (device.offloads() & needed) != 0;
    }

    /// Flags of what was finished.
    int flags(WireDefect defect) {
        return defect == WireDefect.LEAVES_OPEN ? FrameBatch.NEEDS_CSUM : 0;
    }

    void end(FrameBatch batch, int flags, WireDefect defect) {
        if (isOpen()) {
            batch.endFrame(flags, start, offset, type, defect == WireDefect.FORGETS_SIZE ? size + 1 : size, headers);
        } else {
            batch.endFrame(flags, 0, 0, FrameBatch.GSO_NONE, 0, 0);
        }
    }

    List<byte[]> finish(byte[] frame, WireDefect defect) {
        List<byte[]> all = new ArrayList<>();
        if (type == FrameBatch.GSO_NONE) {
            byte[] whole = frame.clone();
            put16(whole, start + offset, 0);
            sum(whole, defect);
            return List.of(whole);
        }
        for (int at = headers; at < frame.length; at += size) {
            int end = Math.min(frame.length, at + size);
            byte[] piece = Arrays.copyOf(frame, headers + end - at);
            System.arraycopy(frame, at, piece, headers, end - at);
            int offsetOfPiece = defect == WireDefect.NUMBERS_BYTES ? all.size() : at - headers;
            headers(piece, all.size(), offsetOfPiece, end == frame.length || defect == WireDefect.FINS_ALL);
            sum(piece, defect);
            all.add(piece);
        }
        return all;
    }

    private void headers(byte[] piece, int number, int offsetOfPiece, boolean last) {
        put16(piece, IP + 2, piece.length - IP);
        put16(piece, IP + 4, get16(piece, IP + 4) + number);
        put16(piece, IP + 10, 0);
        put16(piece, IP + 10, Checksum.finish(sum(piece, IP, start - IP)));
        int sequence = (get16(piece, start + 4) << 16 | get16(piece, start + 6)) + offsetOfPiece;
        put16(piece, start + 4, sequence >>> 16);
        put16(piece, start + 6, sequence);
        if (!last) {
            piece[start + 13] &= ~0x09;
        }
    }

    private void sum(byte[] b, WireDefect defect) {
        put16(b, start + offset, 0);
        int pseudo = Checksum.add(sum(b, IP + 12, 8), b[IP + 9] + b.length - start);
        int all = Checksum.add(sum(b, start, b.length - start), defect == WireDefect.SUMS_WRONG ? 0 : pseudo);
        put16(b, start + offset, Checksum.finish(all));
    }

    private static int sum(byte[] b, int from, int length) {
        return Checksum.sum(MemorySegment.ofArray(b), from, length);
    }

    private static int get16(byte[] b, int at) {
        return (b[at] & 0xFF) << 8 | b[at + 1] & 0xFF;
    }

    private static void put16(byte[] b, int at, int value) {
        b[at] = (byte) (value >> 8);
        b[at + 1] = (byte) value;
    }
}
