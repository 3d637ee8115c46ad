package dev.netstack4j.testkit.fake;

import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.Context;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.SoftIrqVector;
import java.util.EnumSet;
import java.util.Set;

/// A CPU that remembers what was raised.
public final class FakeCpu implements Cpu {
    private final int id;
    private final Clock clock;
    private final Set<SoftIrqVector> raised = EnumSet.noneOf(SoftIrqVector.class);
    private Context context = Context.SOFTIRQ;
    private boolean yield;

    /// A CPU of that number on that clock.
    public FakeCpu(int id, Clock clock) {
        this.id = id;
        this.clock = clock;
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public long nowNanos() {
        return clock.nanos();
    }

    @Override
    public Context context() {
        return context;
    }

    /// Sets the context.
    public void context(Context now) {
        context = now;
    }

    @Override
    public void raise(SoftIrqVector vector) {
        raised.add(vector);
    }

    /// What was raised and not taken.
    public Set<SoftIrqVector> raised() {
        return raised;
    }

    /// Takes one raised vector.
    public boolean take(SoftIrqVector vector) {
        return raised.remove(vector);
    }

    @Override
    public boolean shouldYield() {
        return yield;
    }

    /// Sets what [#shouldYield] answers.
    public void shouldYield(boolean answer) {
        yield = answer;
    }
}
