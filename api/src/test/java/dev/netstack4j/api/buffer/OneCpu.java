package dev.netstack4j.api.buffer;

import dev.netstack4j.api.runtime.Context;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.SoftIrqVector;

/// The only CPU of a test.
final class OneCpu implements Cpu {
    @Override
    public int id() {
        return 0;
    }

    @Override
    public long nowNanos() {
        return 0;
    }

    @Override
    public Context context() {
        return Context.SOFTIRQ;
    }

    @Override
    public void raise(SoftIrqVector vector) {}

    @Override
    public boolean shouldYield() {
        return false;
    }
}
