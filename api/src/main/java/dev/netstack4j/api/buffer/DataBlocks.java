package dev.netstack4j.api.buffer;

import dev.netstack4j.api.runtime.Cpu;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/// Hands out the blocks that hold packet bytes: six sizes cut from 64 KiB chunks, a small stack per CPU before a shared
/// depot, and a count of holders per block. A block is named by an int id: chunk number times 128 plus its place in the
/// chunk.
final class DataBlocks {
    static final int NONE = -1;
    private static final int PER_CHUNK = PhysicalMemory.CHUNK / 512;
    private static final int[] SIZES = {512, 2304, 4608, 16384, 32768, 65536};
    private static final int MAGAZINE = 128;
    private static final VarHandle REFS = MethodHandles.arrayElementVarHandle(int[].class);

    private final PhysicalMemory memory;
    private final int[] holders;
    private final byte[] classOfChunk;
    private final Magazine[][] magazines;
    private final Depot[] depots = new Depot[SIZES.length];

    DataBlocks(PhysicalMemory memory, int cpus) {
        this.memory = memory;
        int chunkCount = (int) (memory.size() / PhysicalMemory.CHUNK);
        holders = new int[chunkCount * PER_CHUNK];
        classOfChunk = new byte[chunkCount];
        magazines = new Magazine[cpus][SIZES.length];
        for (int k = 0; k < SIZES.length; k++) {
            depots[k] = new Depot();
            for (Magazine[] m : magazines) {
                m[k] = new Magazine(Math.min(MAGAZINE, Math.max(2, (1 << 20) / SIZES[k])));
            }
        }
    }

    /// A CPU's own stack of free blocks of one size.
    private static final class Magazine {
        final int[] ids;
        int top;

        Magazine(int capacity) {
            ids = new int[capacity];
        }
    }

    /// Free blocks of one size that no CPU keeps.
    private static final class Depot {
        final Latch latch = new Latch();
        int[] ids = new int[64];
        int top;

        void push(int id) {
            if (top == ids.length) {
                ids = Arrays.copyOf(ids, top * 2);
            }
            ids[top++] = id;
        }
    }

    /// The smallest size class that holds `bytes`, or -1.
    private static int classFor(int bytes) {
        for (int k = 0; k < SIZES.length; k++) {
            if (bytes <= SIZES[k]) {
                return k;
            }
        }
        return -1;
    }

    /// A block of at least `bytes` with one holder, or [#NONE].
    int take(int bytes, Cpu cpu) {
        int k = classFor(bytes);
        if (k < 0) {
            return NONE;
        }
        Magazine m = magazines[cpu.id()][k];
        if (m.top == 0 && !refill(m, k)) {
            return NONE;
        }
        int id = m.ids[--m.top];
        REFS.setRelease(holders, id, 1);
        return id;
    }

    /// One holder more.
    void hold(int id) {
        REFS.getAndAdd(holders, id, 1);
    }

    /// Whether somebody else holds the block too.
    boolean isShared(int id) {
        return (int) REFS.getAcquire(holders, id) != 1;
    }

    /// One holder less; the last one's release frees the block.
    void release(int id, Cpu cpu) {
        // With one holder nobody else can add one, so no atomic operation is needed.
        if ((int) REFS.getAcquire(holders, id) == 1) {
            REFS.set(holders, id, 0);
        } else if ((int) REFS.getAndAdd(holders, id, -1) != 1) {
            return;
        }
        int k = classOfChunk[id / PER_CHUNK];
        Magazine m = magazines[cpu.id()][k];
        if (m.top == m.ids.length) {
            spill(m, k);
        }
        m.ids[m.top++] = id;
    }

    /// Address of the block's first byte.
    int address(int id) {
        int chunk = id / PER_CHUNK;
        return chunk * PhysicalMemory.CHUNK + (id % PER_CHUNK) * SIZES[classOfChunk[chunk]];
    }

    /// Size of the block.
    int size(int id) {
        return SIZES[classOfChunk[id / PER_CHUNK]];
    }

    private boolean refill(Magazine m, int k) {
        Depot d = depots[k];
        d.latch.lock();
        try {
            if (d.top == 0 && !cutChunk(d, k)) {
                return false;
            }
            int n = Math.min(d.top, Math.max(1, m.ids.length / 2));
            d.top -= n;
            System.arraycopy(d.ids, d.top, m.ids, 0, n);
            m.top = n;
            return true;
        } finally {
            d.latch.unlock();
        }
    }

    private void spill(Magazine m, int k) {
        Depot d = depots[k];
        int n = m.ids.length / 2;
        d.latch.lock();
        try {
            for (int i = 0; i < n; i++) {
                d.push(m.ids[i]);
            }
        } finally {
            d.latch.unlock();
        }
        System.arraycopy(m.ids, n, m.ids, 0, m.top - n);
        m.top -= n;
    }

    private boolean cutChunk(Depot d, int k) {
        long at = memory.allocate(PhysicalMemory.CHUNK);
        if (at < 0) {
            at = reclaimChunk(k);
        }
        if (at < 0) {
            return false;
        }
        int chunk = (int) (at / PhysicalMemory.CHUNK);
        classOfChunk[chunk] = (byte) k;
        for (int i = PhysicalMemory.CHUNK / SIZES[k] - 1; i >= 0; i--) {
            d.push(chunk * PER_CHUNK + i);
        }
        return true;
    }

    /// Takes a chunk whose blocks all lie free in another size's depot. The rare way out when one size has eaten all
    /// memory.
    private long reclaimChunk(int except) {
        for (int k = 0; k < SIZES.length; k++) {
            if (k != except) {
                int chunk = wholeFreeChunk(depots[k], PhysicalMemory.CHUNK / SIZES[k]);
                if (chunk >= 0) {
                    return (long) chunk * PhysicalMemory.CHUNK;
                }
            }
        }
        return -1;
    }

    private int wholeFreeChunk(Depot d, int blocks) {
        d.latch.lock();
        try {
            int[] freeOf = new int[classOfChunk.length];
            for (int i = 0; i < d.top; i++) {
                int chunk = d.ids[i] / PER_CHUNK;
                if (++freeOf[chunk] == blocks) {
                    removeChunk(d, chunk);
                    return chunk;
                }
            }
            return -1;
        } finally {
            d.latch.unlock();
        }
    }

    private static void removeChunk(Depot d, int chunk) {
        int kept = 0;
        for (int i = 0; i < d.top; i++) {
            if (d.ids[i] / PER_CHUNK != chunk) {
                d.ids[kept++] = d.ids[i];
            }
        }
        d.top = kept;
    }
}
