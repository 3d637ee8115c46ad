package dev.netstack4j.bus.emulated.i82540em;

import dev.netstack4j.api.hardware.FrameBatch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The first bytes of a received frame in one stretch: in place when its first piece is long enough, else copied
/// together.
final class HeaderView {
    /// All headers that the chip looks into end before this.
    static final int BYTES = 96;

    private final MemorySegment scratch;
    private MemorySegment segment;
    private long at;

    HeaderView(Arena arena) {
        scratch = arena.allocate(BYTES + 16);
        segment = scratch;
    }

    void look(FrameBatch b, int f, int length) {
        int p = b.firstPiece(f);
        if (length > 0 && b.pieceLength(p) >= Math.min(BYTES, length)) {
            segment = b.pieceSegment(p);
            at = b.pieceOffset(p);
        } else {
            scratch.fill((byte) 0);
            Frames.copy(b, f, 0, Math.min(length, BYTES), scratch, 0);
            segment = scratch;
            at = 0;
        }
    }

    MemorySegment segment() {
        return segment;
    }

    long at() {
        return at;
    }

    int get8(int offset) {
        return Frames.get8(segment, at + offset);
    }

    int get16(int offset) {
        return Frames.get16(segment, at + offset);
    }

    int get32(int offset) {
        return Frames.get32(segment, at + offset);
    }

    long destination() {
        return Frames.mac(segment, at);
    }

    long source() {
        return Frames.mac(segment, at + 6);
    }
}
