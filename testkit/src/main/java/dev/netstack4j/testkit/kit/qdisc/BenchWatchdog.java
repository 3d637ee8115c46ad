package dev.netstack4j.testkit.kit.qdisc;

import dev.netstack4j.api.qdisc.QdiscWatchdog;
import dev.netstack4j.api.runtime.Cpu;

/// Remembers what a qdisc asks for.
final class BenchWatchdog implements QdiscWatchdog {
    static final long IDLE = Long.MAX_VALUE;

    private long deadline = IDLE;
    private int requests;

    @Override
    public void schedule(long deadlineNanos, Cpu cpu) {
        cpu.id(); // fails on a CPU that was left
        deadline = deadlineNanos;
        requests++;
    }

    @Override
    public void cancel(Cpu cpu) {
        cpu.id();
        deadline = IDLE;
    }

    boolean isArmed() {
        return deadline != IDLE;
    }

    long deadline() {
        return deadline;
    }

    /// How often it was armed.
    int requests() {
        return requests;
    }

    /// It fires.
    void fire() {
        deadline = IDLE;
    }
}
