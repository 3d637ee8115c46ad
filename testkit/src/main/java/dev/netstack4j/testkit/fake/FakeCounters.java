package dev.netstack4j.testkit.fake;

import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.statistics.Counter;
import dev.netstack4j.api.statistics.Counters;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Counters in a map.
public final class FakeCounters implements Counters {
    private final Map<String, Counter> counters = new TreeMap<>();

    /// None yet.
    public FakeCounters() {}

    @Override
    public Counter counter(String name) {
        return counters.computeIfAbsent(name, One::new);
    }

    @Override
    public List<Counter> all() {
        return List.copyOf(counters.values());
    }

    @Override
    public long value(String name) {
        Counter c = counters.get(name);
        return c == null ? 0 : c.sum();
    }

    private static final class One implements Counter {
        private final String name;
        private long value;

        One(String name) {
            this.name = name;
        }

        @Override
        public void add(Cpu cpu, long amount) {
            value += amount;
        }

        @Override
        public long sum() {
            return value;
        }

        @Override
        public long ofCpu(int cpuId) {
            return value;
        }

        @Override
        public String name() {
            return name;
        }
    }
}
