package dev.netstack4j.api.buffer;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Allocates the skbs of one stack. Freed ones stay in a stack per CPU before a shared depot, so steady traffic makes
/// no garbage. Every skb ever made is known by index, which makes a leak check free.
@Linux("net/core/skbuff.c#__alloc_skb")
public final class SkBuffPool {
    /// Room that receive buffers keep before the frame, for headers that are pushed when it is forwarded.
    public static final int RX_HEADROOM = 64;
    private static final int MAGAZINE = 256;

    final PhysicalMemory memory;
    final DataBlocks blocks;
    final PacketLedger ledger;
    private final Magazine[] magazines;
    private final Latch latch = new Latch();
    private SkBuff[] depot = new SkBuff[MAGAZINE];
    private int depotTop;
    private volatile SkBuff[] all = new SkBuff[0];
    private int made;
    private volatile int failEvery;
    private int failCount;

    /// @param memory the host's memory
    /// @param cpus   number of CPUs of the stack
    /// @param ledger where births and ends are counted
    public SkBuffPool(PhysicalMemory memory, int cpus, PacketLedger ledger) {
        this.memory = memory;
        this.ledger = ledger;
        this.blocks = new DataBlocks(memory, cpus);
        this.magazines = new Magazine[cpus];
        for (int i = 0; i < cpus; i++) {
            magazines[i] = new Magazine();
        }
    }

    private static final class Magazine {
        final SkBuff[] skbs = new SkBuff[MAGAZINE];
        int top;
        long hits;
    }

    /// An skb with an empty linear area of at least `size` bytes, owned by the caller. Any context.
    ///
    /// @param size bytes of linear area, headroom included (the caller reserves it); at most 64 KiB
    /// @return null when memory is used up: the caller drops or waits, and counts it
    public @Nullable SkBuff alloc(int size, Cpu cpu) {
        SkBuff skb = make(size, cpu);
        if (skb != null) {
            ledger.countAllocated(cpu);
        }
        return skb;
    }

    /// The second half of a split packet.
    @Nullable
    SkBuff allocSplit(int size, Cpu cpu) {
        SkBuff skb = make(size, cpu);
        if (skb != null) {
            ledger.countSplit(cpu);
        }
        return skb;
    }

    private @Nullable SkBuff make(int size, Cpu cpu) {
        int block = shouldFail() ? DataBlocks.NONE : blocks.take(size, cpu);
        if (block == DataBlocks.NONE) {
            ledger.countFailed(cpu);
            return null;
        }
        SkBuff skb = takeShell(cpu);
        skb.begin(block);
        return skb;
    }

    /// A receive buffer: [#RX_HEADROOM] reserved, then at least `size` bytes of room for the device.
    public @Nullable SkBuff allocRx(int size, Cpu cpu) {
        SkBuff skb = alloc(size + RX_HEADROOM, cpu);
        if (skb != null) {
            skb.reserve(RX_HEADROOM);
        }
        return skb;
    }

    /// Makes every `n`-th allocation fail, for tests; 0 ends it.
    public void failEvery(int n) {
        failEvery = n;
    }

    private boolean shouldFail() {
        int every = failEvery;
        return every > 0 && ++failCount % every == 0;
    }

    /// An skb object without data, in the state of a new packet.
    SkBuff takeShell(Cpu cpu) {
        Magazine m = magazines[cpu.id()];
        if (m.top == 0) {
            refill(m);
        } else {
            m.hits++;
        }
        return m.skbs[--m.top];
    }

    void giveShell(SkBuff skb, Cpu cpu) {
        Magazine m = magazines[cpu.id()];
        if (m.top == MAGAZINE) {
            spill(m);
        }
        m.skbs[m.top++] = skb;
    }

    private void refill(Magazine m) {
        latch.lock();
        try {
            int n = Math.min(depotTop, MAGAZINE / 2);
            depotTop -= n;
            System.arraycopy(depot, depotTop, m.skbs, 0, n);
            m.top = n;
            if (n == 0) {
                makeMore(m);
            }
        } finally {
            latch.unlock();
        }
    }

    private void makeMore(Magazine m) {
        int n = 32;
        SkBuff[] longer = Arrays.copyOf(all, made + n);
        for (int i = 0; i < n; i++) {
            SkBuff skb = new SkBuff(this, made);
            longer[made++] = skb;
            m.skbs[m.top++] = skb;
        }
        all = longer;
    }

    private void spill(Magazine m) {
        int n = MAGAZINE / 2;
        latch.lock();
        try {
            if (depotTop + n > depot.length) {
                depot = Arrays.copyOf(depot, depot.length * 2);
            }
            System.arraycopy(m.skbs, m.top - n, depot, depotTop, n);
            depotTop += n;
            m.top -= n;
        } finally {
            latch.unlock();
        }
    }

    /// Where births and ends are counted.
    public PacketLedger ledger() {
        return ledger;
    }

    /// The host's memory.
    public PhysicalMemory memory() {
        return memory;
    }

    /// Number of skbs that exist now. Exact when the stack is at rest.
    public int live() {
        int n = 0;
        for (SkBuff skb : all) {
            n += skb.isLive() ? 1 : 0;
        }
        return n;
    }

    /// The skbs that exist now, for leak reports.
    public List<SkBuff> liveSkBuffs() {
        List<SkBuff> result = new ArrayList<>();
        for (SkBuff skb : all) {
            if (skb.isLive()) {
                result.add(skb);
            }
        }
        return result;
    }

    /// How many skb objects were ever made; flat under steady traffic.
    public int made() {
        return all.length;
    }

    /// Allocations that a CPU's own stack served, over all CPUs.
    public long hits() {
        long sum = 0;
        for (Magazine m : magazines) {
            sum += m.hits;
        }
        return sum;
    }

    /// Whether the ledger balances: births less ends equals the skbs that exist. Meaningful at rest.
    public boolean isBalanced() {
        return ledger.expectedLive() == live();
    }
}
