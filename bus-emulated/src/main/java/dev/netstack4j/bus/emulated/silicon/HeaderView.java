package dev.netstack4j.bus.emulated.silicon;

import dev.netstack4j.api.hardware.FrameBatch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The first bytes of a received frame in one stretch: in place when its first piece is long enough, else copied
/// together.
public final class HeaderView {
    /// All headers that the chip looks into end before this.
    public static final int BYTES = 96;

    private final MemorySegment scratch;
    private MemorySegment segment;
    private long at;

    public HeaderView(Arena arena) {
        scratch = arena.allocate(BYTES + 16);
        segment = scratch;
    }

    public void look(FrameBatch b, int f, int length) {
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

    public MemorySegment segment() {
        return segment;
    }

    public long at() {
        return at;
    }

    public int get8(int offset) {
        return Frames.get8(segment, at + offset);
    }

    public int get16(int offset) {
        return Frames.get16(segment, at + offset);
    }

    public int get32(int offset) {
        return Frames.get32(segment, at + offset);
    }

    public long destination() {
        return Frames.mac(segment, at);
    }

    public long source() {
        return Frames.mac(segment, at + 6);
    }
}
