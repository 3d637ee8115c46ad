package dev.netstack4j.bus.emulated.dma;

import dev.netstack4j.api.buffer.PhysicalMemory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Buffers in sizes of powers of two, from 256 bytes to 64 KiB, cut from chunks of the host's memory. Guarded by its
/// owner's lock.
final class BounceSlots {
    private static final int SMALLEST_SHIFT = 8;
    private static final int LARGEST_SHIFT = 16;

    private final PhysicalMemory memory;
    private final List<Deque<Long>> free = new ArrayList<>();
    private final List<Long> chunks = new ArrayList<>();

    BounceSlots(PhysicalMemory memory) {
        this.memory = memory;
        for (int s = SMALLEST_SHIFT; s <= LARGEST_SHIFT; s++) {
            free.add(new ArrayDeque<>());
        }
    }

    /// A buffer of at least that size; -1 when memory is short or nothing that large is kept.
    long take(int bytes) {
        if (bytes > PhysicalMemory.CHUNK) {
            return -1;
        }
        Deque<Long> list = listFor(bytes);
        if (list.isEmpty()) {
            cut(list, sizeFor(bytes));
        }
        Long slot = list.pollFirst();
        return slot == null ? -1 : slot;
    }

    void give(long slot, int bytes) {
        listFor(bytes).addFirst(slot);
    }

    private void cut(Deque<Long> list, int size) {
        long chunk = memory.allocate(PhysicalMemory.CHUNK);
        if (chunk < 0) {
            return;
        }
        chunks.add(chunk);
        for (int at = 0; at < PhysicalMemory.CHUNK; at += size) {
            list.addLast(chunk + at);
        }
    }

    private static int sizeFor(int bytes) {
        return Math.max(1 << SMALLEST_SHIFT, Integer.highestOneBit(Math.max(1, bytes - 1)) << 1);
    }

    private Deque<Long> listFor(int bytes) {
        return free.get(Integer.numberOfTrailingZeros(sizeFor(bytes)) - SMALLEST_SHIFT);
    }

    void close() {
        chunks.forEach(c -> memory.free(c, PhysicalMemory.CHUNK));
        chunks.clear();
        free.forEach(Deque::clear);
    }
}
