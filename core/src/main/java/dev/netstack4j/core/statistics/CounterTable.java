package dev.netstack4j.core.statistics;

import dev.netstack4j.api.runtime.ControlLock;
import dev.netstack4j.api.statistics.Counter;
import dev.netstack4j.api.statistics.Counters;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The counters of one stack.
public final class CounterTable implements Counters {
    private final ControlLock lock;
    private final int cpus;
    private volatile SortedMap<String, Counter> byName =
            new TreeMap<>(); // republished whole; written under the control lock
    private CounterBlock block;
    private int used;

    /// @param lock guards registration
    /// @param cpus number of CPUs of the stack
    public CounterTable(ControlLock lock, int cpus) {
        this.lock = lock;
        this.cpus = cpus;
        this.block = new CounterBlock(cpus);
    }

    @Override
    public Counter counter(String name) {
        Counter there = byName.get(name);
        return there == null ? register(name) : there;
    }

    private Counter register(String name) {
        lock.lock();
        try {
            Counter there = byName.get(name);
            if (there != null) {
                return there;
            }
            Counter made = next(name);
            SortedMap<String, Counter> larger = new TreeMap<>(byName);
            larger.put(name, made);
            byName = larger;
            return made;
        } finally {
            lock.unlock();
        }
    }

    private Counter next(String name) {
        if (used == CounterBlock.SIZE) {
            block = new CounterBlock(cpus);
            used = 0;
        }
        return block.counter(name, used++);
    }

    @Override
    public List<Counter> all() {
        return List.copyOf(byName.values());
    }

    @Override
    public long value(String name) {
        @Nullable Counter there = byName.get(name);
        return there == null ? 0 : there.sum();
    }
}
