package dev.netstack4j.bus.emulated.cable;

import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.api.runtime.Engine;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Frames under way, oldest first, for one writer and one reader. A record is 16 bytes (arrival, length, flags) and the
/// frame, rounded up to 16; it never wraps: a length of -1 sends the reader back to the start.
final class FrameRing {
    private static final int HEADER = 16;
    private static final int SKIP = -1;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory;
    private final int capacity;
    /// Bytes ever written, with skips; its remainder is the position. Written by the writer.
    private volatile long written;
    /// Bytes ever read. Written by the reader.
    private volatile long read;

    FrameRing(long bytes) {
        capacity = (int) bytes;
        memory = arena.allocate(bytes, 64);
    }

    int capacity() {
        return capacity;
    }

    private static int room(int bytes) {
        return HEADER + (bytes + 15 & ~15);
    }

    private int position(long count) {
        return (int) (count % capacity);
    }

    private int skipAt(int position, int need) {
        return position + need > capacity ? capacity - position : 0;
    }

    boolean hasRoom(int bytes) {
        int need = room(bytes);
        return written - read + need + skipAt(position(written), need) <= capacity;
    }

    /// Adds a frame; there is room.
    void add(FrameBatch b, int f, int bytes, int flags, long arrival) {
        int need = room(bytes);
        int at = position(written);
        int skip = skipAt(at, need);
        if (skip > 0) {
            memory.set(ValueLayout.JAVA_INT, at + 8L, SKIP);
            at = 0;
        }
        memory.set(ValueLayout.JAVA_LONG, at, arrival);
        memory.set(ValueLayout.JAVA_INT, at + 8L, bytes);
        memory.set(ValueLayout.JAVA_INT, at + 12L, flags);
        b.copyFrame(f, memory, at + (long) HEADER, bytes);
        written += skip + need;
    }

    /// When the oldest frame arrives.
    long nextArrival() {
        long at = skipped(read);
        return at == written ? Engine.NEVER : memory.get(ValueLayout.JAVA_LONG, position(at));
    }

    private long skipped(long count) {
        if (count == written || memory.get(ValueLayout.JAVA_INT, position(count) + 8L) != SKIP) {
            return count;
        }
        return count + capacity - position(count);
    }

    /// Puts the frames that have arrived into a batch, until it is full.
    void peek(FrameBatch b, long now) {
        long end = written;
        for (long at = skipped(read); at != end && b.hasRoom(1); at = skipped(at + recordAt(at))) {
            int position = position(at);
            if (memory.get(ValueLayout.JAVA_LONG, position) > now) {
                return;
            }
            b.addPiece(memory, position + (long) HEADER, memory.get(ValueLayout.JAVA_INT, position + 8L));
            b.endFrame(memory.get(ValueLayout.JAVA_INT, position + 12L), 0, 0, FrameBatch.GSO_NONE, 0, 0);
        }
    }

    private int recordAt(long count) {
        return room(memory.get(ValueLayout.JAVA_INT, position(count) + 8L));
    }

    /// Frees the oldest frames.
    void remove(int frames) {
        long at = read;
        for (int i = 0; i < frames; i++) {
            at = skipped(at);
            at += recordAt(at);
        }
        read = at;
    }

    void close() {
        arena.close();
    }
}
