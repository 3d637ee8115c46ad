package dev.netstack4j.core.runtime;

import dev.netstack4j.api.runtime.AtomicBits;
import dev.netstack4j.api.runtime.CpuIdle;
import dev.netstack4j.api.runtime.SpinLock;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.api.runtime.WaitQueue;

/// A host in virtual time: the scheduler takes its turns.
final class SteppedHost extends Host {
    private final SteppedRuntime stepped;
    private final Sync sync;
    private boolean started;

    SteppedHost(String name, SteppedRuntime runtime, int cpuCount, long seed) {
        Sync theSync = new SteppedSync(runtime);
        super(name, runtime, cpuCount, seed, none(cpuCount), theSync);
        this.stepped = runtime;
        this.sync = theSync;
    }

    private static CpuIdle[] none(int count) {
        CpuIdle[] idle = new CpuIdle[count];
        for (int i = 0; i < count; i++) {
            idle[i] = new ParkIdle();
        }
        return idle;
    }

    private record SteppedSync(SteppedRuntime runtime) implements Sync {
        @Override
        public SpinLock spinLock(String name) {
            return new TinyLock();
        }

        @Override
        public AtomicBits bits(String name) {
            return new Bits();
        }

        @Override
        public WaitQueue waitQueue(String name) {
            return new SteppedWaitQueue(runtime, name);
        }
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

    @Override
    void wakeAgent(HostCpu cpu) {
        // The scheduler looks at every CPU.
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
    public void start() {
        started = true;
    }

    @Override
    public void synchronizeNet() {
        // One thing runs at a time, and nobody gives the baton back while holding a CPU.
    }

    @Override
    public void close() {
        endWork();
        started = false;
        stepped.forget(this);
    }
}
