package dev.netstack4j.bus.emulated.silicon;

import dev.netstack4j.api.hardware.FrameBatch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// The receive part of the packet buffer: frames that wait for descriptors. Each takes its bytes, rounded up to 16, and
/// 16 more. The memory behind it is twice as large as any setting of PBA, so that a frame always lies in one stretch.
public final class RxFifo {
    private static final int LARGEST_KIB = 64;
    private static final int MEMORY = 2 * (LARGEST_KIB + 1) << 10;
    private static final int HEADER = 16;

    private final MemorySegment memory;
    private final FrameBatch front = new FrameBatch(1, 1);
    private int capacity;
    private int used;
    private int frames;
    private int head;
    private int tail;

    public RxFifo(Arena arena) {
        memory = arena.allocate(MEMORY, 64);
    }

    public void capacity(int kib) {
        capacity = Math.min(kib, LARGEST_KIB) << 10;
    }

    public int capacity() {
        return capacity;
    }

    public int used() {
        return used;
    }

    public boolean isEmpty() {
        return frames == 0;
    }

    private static int room(int bytes) {
        return HEADER + (bytes + 15 & ~15);
    }

    /// Whether a frame of so many bytes has room.
    public boolean fits(int bytes) {
        return used + room(bytes) <= capacity;
    }

    /// Stores a frame.
    ///
    /// @param tag kept with it
    /// @return false when there is no room
    public boolean add(FrameBatch b, int f, int bytes, int tag) {
        int need = room(bytes);
        if (used + need > capacity) {
            return false;
        }
        if (tail + need > MEMORY) {
            mark(tail, -1);
            tail = 0;
        }
        mark(tail, bytes);
        memory.set(ValueLayout.JAVA_INT, tail + 4L, tag);
        memory.set(ValueLayout.JAVA_INT, tail + 8L, b.flags(f));
        memory.set(ValueLayout.JAVA_INT, tail + 12L, b.csumStart(f) << 16 | b.csumOffset(f));
        b.copyFrame(f, memory, tail + (long) HEADER, bytes);
        tail += need;
        used += need;
        frames++;
        return true;
    }

    private void mark(int at, int bytes) {
        if (at + HEADER <= MEMORY) {
            memory.set(ValueLayout.JAVA_INT, at, bytes);
        }
    }

    /// The oldest frame, as frame 0 of a batch.
    public FrameBatch front() {
        wrapHead();
        int meta = memory.get(ValueLayout.JAVA_INT, head + 12L);
        front.clear();
        front.addPiece(memory, head + (long) HEADER, memory.get(ValueLayout.JAVA_INT, head));
        front.endFrame(
                memory.get(ValueLayout.JAVA_INT, head + 8L), meta >>> 16, meta & 0xFFFF, FrameBatch.GSO_NONE, 0, 0);
        return front;
    }

    private void wrapHead() {
        if (head + HEADER > MEMORY || memory.get(ValueLayout.JAVA_INT, head) < 0) {
            head = 0;
        }
    }

    /// What was kept with the oldest frame; after [#front()].
    public int frontTag() {
        return memory.get(ValueLayout.JAVA_INT, head + 4L);
    }

    public void removeFront() {
        int need = room(memory.get(ValueLayout.JAVA_INT, head));
        head += need;
        used -= need;
        frames--;
    }

    public void clear() {
        used = 0;
        frames = 0;
        head = 0;
        tail = 0;
    }
}
