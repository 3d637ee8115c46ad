package dev.netstack4j.api.buffer;

import java.util.BitSet;

/// Which 64 KiB chunks of a physical memory are taken. Control path and slow path only.
final class ChunkMap {
    private final BitSet taken;
    private final int count;
    private final Latch latch = new Latch();

    ChunkMap(int count, int reserved) {
        this.count = count;
        this.taken = new BitSet(count);
        taken.set(0, Math.max(1, reserved)); // address 0 stays unused, as a null pointer
    }

    /// Finds `wanted` neighbouring chunks; -1 when there are none.
    int take(int wanted) {
        latch.lock();
        try {
            int first = taken.nextClearBit(0);
            while (first + wanted <= count) {
                int next = taken.nextSetBit(first);
                if (next < 0 || next - first >= wanted) {
                    taken.set(first, first + wanted);
                    return first;
                }
                first = taken.nextClearBit(next);
            }
            return -1;
        } finally {
            latch.unlock();
        }
    }

    void give(int first, int number) {
        latch.lock();
        try {
            taken.clear(first, first + number);
        } finally {
            latch.unlock();
        }
    }

    int free() {
        latch.lock();
        try {
            return count - taken.cardinality();
        } finally {
            latch.unlock();
        }
    }
}
