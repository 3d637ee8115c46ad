package dev.netstack4j.core.statistics;

import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.statistics.Counter;

/// Cells of up to 64 counters: one row per CPU, so that the counters of one CPU lie together, with a cache line of
/// padding at both ends against its neighbours. Rows never move, so a plain write is never lost. Written by the CPU
/// that owns the row.
final class CounterBlock {
    static final int SIZE = 64;
    private static final int PADDING = 8;

    private final long[][] rows;

    CounterBlock(int cpus) {
        rows = new long[cpus][PADDING + SIZE + PADDING];
    }

    Counter counter(String name, int slot) {
        return new Cell(name, rows, PADDING + slot);
    }

    private record Cell(String name, long[][] rows, int at) implements Counter {
        @Override
        public void add(Cpu cpu, long amount) {
            rows[cpu.id()][at] += amount;
        }

        @Override
        public long sum() {
            long sum = 0;
            for (long[] row : rows) {
                sum += row[at];
            }
            return sum;
        }

        @Override
        public long ofCpu(int cpuId) {
            return rows[cpuId][at];
        }

        @Override
        public String toString() {
            return name + "=" + sum();
        }
    }
}
