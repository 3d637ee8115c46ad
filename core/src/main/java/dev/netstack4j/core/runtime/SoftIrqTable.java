package dev.netstack4j.core.runtime;

import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.SoftIrqVector;
import dev.netstack4j.api.runtime.SoftIrqs;
import org.jspecify.annotations.Nullable;

/// The softirq actions of one host.
final class SoftIrqTable implements SoftIrqs {
    private static final SoftIrqVector[] VECTORS = SoftIrqVector.values();

    private final @Nullable Action[] actions = new @Nullable Action[VECTORS.length];

    @Override
    public void open(SoftIrqVector vector, Action action) {
        if (actions[vector.ordinal()] != null) {
            throw new IllegalStateException("softirq " + vector + " has an action already");
        }
        actions[vector.ordinal()] = action;
    }

    static int bit(SoftIrqVector vector) {
        return 1 << vector.ordinal();
    }

    static int count() {
        return VECTORS.length;
    }

    void run(int ordinal, Cpu cpu) {
        Action a = actions[ordinal];
        if (a != null) {
            a.run(cpu);
        }
    }
}
