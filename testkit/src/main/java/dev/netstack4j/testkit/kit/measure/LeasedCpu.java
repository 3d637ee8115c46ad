package dev.netstack4j.testkit.kit.measure;

import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.Context;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.SoftIrqVector;

/// CPU 0 for one call: whoever uses it afterwards has kept it, and fails.
public final class LeasedCpu implements Cpu, AutoCloseable {
    private final Clock clock;
    private boolean left;

    /// Until [#close].
    public LeasedCpu(Clock clock) {
        this.clock = clock;
    }

    private void check() {
        if (left) {
            throw new IllegalStateException("uses a CPU that was given to it for an earlier call");
        }
    }

    @Override
    public int id() {
        check();
        return 0;
    }

    @Override
    public long nowNanos() {
        check();
        return clock.nanos();
    }

    @Override
    public Context context() {
        check();
        return Context.SOFTIRQ;
    }

    @Override
    public void raise(SoftIrqVector vector) {
        check();
    }

    @Override
    public boolean shouldYield() {
        check();
        return false;
    }

    @Override
    public void close() {
        left = true;
    }
}
