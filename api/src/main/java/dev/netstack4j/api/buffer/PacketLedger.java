package dev.netstack4j.api.buffer;

import dev.netstack4j.api.runtime.Cpu;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Counts the birth and the end of every skb of a stack. At rest
/// `allocated + cloned + split = consumed + dropped + live` holds.
public final class PacketLedger implements PacketReasons {
    private static final int MOST_REASONS = 512;

    private volatile List<DropReason> drops = List.of(); // republished whole; declared during assembly
    private volatile List<ConsumeReason> consumes = List.of();
    private final Shard[] shards;
    private @Nullable DropListener listener;

    /// @param cpus number of CPUs of the stack
    public PacketLedger(int cpus) {
        shards = new Shard[cpus];
        for (int i = 0; i < cpus; i++) {
            shards[i] = new Shard();
        }
    }

    private static final class Shard {
        long allocated;
        long cloned;
        long split;
        long failed;
        long copies;
        long copiedBytes;
        long reallocations;
        final long[] dropped = new long[MOST_REASONS];
        final long[] consumed = new long[MOST_REASONS];
    }

    /// Sees every drop before the skb is freed. For traces and tests; null removes it.
    public void listener(@Nullable DropListener listener) {
        this.listener = listener;
    }

    /// Sees drops.
    @FunctionalInterface
    public interface DropListener {
        /// Any context; must not keep or change the skb.
        void dropped(SkBuff skb, DropReason reason, Cpu cpu);
    }

    @Override
    public DropReason drop(String name, String description) {
        for (DropReason r : drops) {
            if (r.name().equals(name)) {
                return r;
            }
        }
        checkRoom(drops.size());
        DropReason made = new DropReason(drops.size(), name, description);
        drops = plus(drops, made);
        return made;
    }

    @Override
    public ConsumeReason consume(String name, String description) {
        for (ConsumeReason r : consumes) {
            if (r.name().equals(name)) {
                return r;
            }
        }
        checkRoom(consumes.size());
        ConsumeReason made = new ConsumeReason(consumes.size(), name, description);
        consumes = plus(consumes, made);
        return made;
    }

    private static <T> List<T> plus(List<T> list, T one) {
        List<T> longer = new ArrayList<>(list);
        longer.add(one);
        return List.copyOf(longer);
    }

    private static void checkRoom(int size) {
        if (size >= MOST_REASONS) {
            throw new IllegalStateException("a stack can declare " + MOST_REASONS + " packet reasons, not more");
        }
    }

    void countAllocated(Cpu cpu) {
        shards[cpu.id()].allocated++;
    }

    void countCloned(Cpu cpu) {
        shards[cpu.id()].cloned++;
    }

    void countSplit(Cpu cpu) {
        shards[cpu.id()].split++;
    }

    void countFailed(Cpu cpu) {
        shards[cpu.id()].failed++;
    }

    void countCopy(int bytes, Cpu cpu) {
        Shard s = shards[cpu.id()];
        s.copies++;
        s.copiedBytes += bytes;
    }

    void countReallocation(Cpu cpu) {
        shards[cpu.id()].reallocations++;
    }

    void countConsumed(ConsumeReason why, Cpu cpu) {
        shards[cpu.id()].consumed[why.id()]++;
    }

    void countDropped(SkBuff skb, DropReason why, Cpu cpu) {
        shards[cpu.id()].dropped[why.id()]++;
        DropListener l = listener;
        if (l != null) {
            l.dropped(skb, why, cpu);
        }
    }

    private long sum(ToLongFunction<Shard> field) {
        long sum = 0;
        for (Shard s : shards) {
            sum += field.applyAsLong(s);
        }
        return sum;
    }

    /// Packets made by allocation.
    public long allocated() {
        return sum(s -> s.allocated);
    }

    /// Packets made by cloning.
    public long cloned() {
        return sum(s -> s.cloned);
    }

    /// Packets made by splitting one in two.
    public long split() {
        return sum(s -> s.split);
    }

    /// Allocations that found no memory.
    public long failedAllocations() {
        return sum(s -> s.failed);
    }

    /// Packet-to-packet copies inside the stack (linearising, copying, expanding); copies from and to applications do
    /// not count.
    public long copies() {
        return sum(s -> s.copies);
    }

    /// Bytes that those copies moved.
    public long copiedBytes() {
        return sum(s -> s.copiedBytes);
    }

    /// Linear areas that were replaced because head- or tailroom was short.
    public long reallocations() {
        return sum(s -> s.reallocations);
    }

    /// Packets dropped, by the reason's name; only reasons that occurred.
    public Map<String, Long> dropped() {
        Map<String, Long> result = new TreeMap<>();
        for (DropReason r : drops) {
            long sum = sum(s -> s.dropped[r.id()]);
            if (sum > 0) {
                result.put(r.name(), sum);
            }
        }
        return result;
    }

    /// Packets consumed, by the reason's name; only reasons that occurred.
    public Map<String, Long> consumed() {
        Map<String, Long> result = new TreeMap<>();
        for (ConsumeReason r : consumes) {
            long sum = sum(s -> s.consumed[r.id()]);
            if (sum > 0) {
                result.put(r.name(), sum);
            }
        }
        return result;
    }

    /// How often `name` was the reason of a drop.
    public long dropped(String name) {
        return dropped().getOrDefault(name, 0L);
    }

    /// All declared reasons to drop.
    public List<DropReason> dropReasons() {
        return drops;
    }

    /// Births less ends: what must equal the number of live skbs at rest.
    public long expectedLive() {
        long ended = 0;
        for (Shard s : shards) {
            for (int i = 0; i < MOST_REASONS; i++) {
                ended += s.dropped[i] + s.consumed[i];
            }
        }
        return allocated() + cloned() + split() - ended;
    }
}
