package dev.netstack4j.core.net;

import dev.netstack4j.api.runtime.Context;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.CpuIdle;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.SoftIrqVector;
import dev.netstack4j.api.runtime.SoftIrqs;
import dev.netstack4j.testkit.fake.FakeCpu;
import java.util.EnumMap;
import java.util.Map;

/// One CPU whose softirqs run when it is left or when told, a few rounds at most.
final class OneCpu implements Cpus, SoftIrqs {
    private static final int ROUNDS = 10;

    private final FakeCpu cpu;
    private final Map<SoftIrqVector, Action> actions = new EnumMap<>(SoftIrqVector.class);
    int graces;
    int softIrqRuns;
    Runnable onGrace = () -> {};

    OneCpu(FakeCpu cpu) {
        this.cpu = cpu;
    }

    @Override
    public void open(SoftIrqVector vector, Action action) {
        if (actions.putIfAbsent(vector, action) != null) {
            throw new IllegalStateException(vector + " has an action");
        }
    }

    /// One round over the pending vectors, in their order.
    boolean runOnce() {
        Context before = cpu.context();
        boolean ran = false;
        cpu.context(Context.SOFTIRQ);
        for (SoftIrqVector v : SoftIrqVector.values()) {
            Action action = actions.get(v);
            if (action != null && cpu.take(v)) {
                softIrqRuns++;
                ran = true;
                action.run(cpu);
            }
        }
        cpu.context(before);
        return ran;
    }

    void runSoftIrqs() {
        for (int i = 0; i < ROUNDS && runOnce(); i++) {}
    }

    @Override
    public int count() {
        return 1;
    }

    @Override
    public Cpu enter() {
        return cpu;
    }

    @Override
    public void leave(Cpu left) {
        runSoftIrqs();
    }

    @Override
    public void synchronizeNet() {
        graces++;
        onGrace.run();
    }

    @Override
    public void raiseOn(int cpuId, SoftIrqVector vector) {
        cpu.raise(vector);
    }

    @Override
    public CpuIdle idle(int cpuId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void idleWith(int cpuId, CpuIdle idle) {}
}
