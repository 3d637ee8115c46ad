package dev.netstack4j.core.runtime;

import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.CpuCost;
import dev.netstack4j.api.runtime.CpuIdle;
import dev.netstack4j.api.runtime.Sync;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// A host in virtual time: the scheduler takes its turns.
final class SteppedHost extends Host {
    private final SteppedRuntime stepped;
    private final Sync sync;
    private final WorkStrand[] agents;
    private boolean started;

    SteppedHost(String name, SteppedRuntime runtime, int cpuCount, long seed) {
        Sync theSync = new SteppedSync(runtime);
        super(name, runtime, cpuCount, seed, none(cpuCount), theSync);
        this.stepped = runtime;
        this.sync = theSync;
        this.agents = new WorkStrand[cpuCount];
        for (HostCpu cpu : allCpus()) {
            agents[cpu.id()] = new WorkStrand(runtime, cpu.toString(), new SteppedAgent(this, cpu));
        }
    }

    private static CpuIdle[] none(int count) {
        CpuIdle[] idle = new CpuIdle[count];
        for (int i = 0; i < count; i++) {
            idle[i] = new ParkIdle();
        }
        return idle;
    }

    /// A turn of every CPU.
    boolean turnAll() {
        boolean ran = false;
        if (started) {
            for (HostCpu cpu : allCpus()) {
                ran |= turn(cpu);
            }
        }
        return ran;
    }

    long nextDeadline() {
        long next = Long.MAX_VALUE;
        if (started) {
            for (HostCpu cpu : allCpus()) {
                next = Math.min(next, nextDeadline(cpu));
            }
        }
        return next;
    }

    // ---- a CPU costs virtual time

    boolean isBusy(HostCpu cpu) {
        return cpu.busyUntil > now();
    }

    @Override
    @Nullable
    CpuCost cost() {
        return stepped.cost();
    }

    @Override
    long nextOf(HostCpu cpu) {
        long busyUntil = cpu.busyUntil;
        if (busyUntil <= now()) {
            return cpu.nextTimer();
        }
        return cpu.hasPending() ? busyUntil : Math.max(busyUntil, cpu.nextTimer());
    }

    @Override
    public Cpu enter() {
        for (long free = firstFree(); free > now(); free = firstFree()) {
            stepped.pauseUntil(free);
        }
        return super.enter();
    }

    private long firstFree() {
        long first = Long.MAX_VALUE;
        for (HostCpu cpu : allCpus()) {
            first = Math.min(first, cpu.busyUntil);
        }
        return first;
    }

    // ---- the licence

    @Override
    boolean tryTake(HostCpu cpu) {
        stepped.point("enter");
        return !isBusy(cpu) && cpu.licence.tryAcquire();
    }

    @Override
    void take(HostCpu cpu, boolean fair) {
        stepped.point("enter");
        while (!cpu.licence.tryAcquire()) {
            stepped.waitUntil("enter " + cpu, () -> !cpu.licence.isHeld());
        }
    }

    @Override
    void giveBack(HostCpu cpu) {
        cpu.settle();
        super.giveBack(cpu);
        stepped.point("left");
    }

    @Override
    int threadNumber() {
        return stepped.currentNumber();
    }

    // ---- schedule exploration

    /// Adds those that exploration lets run on their own.
    void strands(List<Strand> all) {
        if (started) {
            all.addAll(List.of(agents));
            for (EngineSlot e : engineSlots()) {
                all.add(e.strand(stepped));
            }
        }
    }

    void exploring() {
        for (HostCpu cpu : allCpus()) {
            cpu.idle.set(false);
        }
    }

    @Override
    void point(String where) {
        stepped.point(where);
    }

    @Override
    void spin(String what) {
        stepped.giveWay(what);
    }

    @Override
    void kick(HostCpu cpu) {
        stepped.point("kick");
        super.kick(cpu);
    }

    @Override
    void wakeAgent(HostCpu cpu) {
        cpu.idle.set(false); // in the order of rounds the scheduler looks at every CPU
    }

    @Override
    boolean runEngines(boolean due) {
        return !stepped.isExploring() && super.runEngines(due);
    }

    @Override
    void note(Object subject, String event) {
        stepped.note(subject, event);
    }

    @Override
    public Sync sync() {
        return sync;
    }

    @Override
    public void busyRead(IntSupplier microseconds) {
        // Nobody looks for anything in virtual time.
    }

    @Override
    public void start() {
        started = true;
    }

    /// In the order of rounds nobody stands on a CPU now.
    @Override
    public void synchronizeNet() {
        for (HostCpu cpu : allCpus()) {
            long before = cpu.left;
            while (cpu.licence.isHeld() && cpu.left == before) {
                stepped.giveWay("synchronizeNet");
            }
        }
        stepped.giveWay("synchronizeNet");
    }

    @Override
    public void close() {
        endWork();
        started = false;
        stepped.forget(this);
    }
}
