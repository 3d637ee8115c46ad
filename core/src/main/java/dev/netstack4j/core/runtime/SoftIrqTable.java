package dev.netstack4j.core.runtime;

import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.SoftIrqVector;
import dev.netstack4j.api.runtime.SoftIrqs;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The softirq actions of one host.
final class SoftIrqTable implements SoftIrqs {
    /// For events, by ordinal.
    static final String[] NAMES =
            Arrays.stream(SoftIrqVector.values()).map(v -> "softirq " + v).toArray(String[]::new);

    static final SoftIrqVector[] VECTORS = SoftIrqVector.values();

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
