package dev.netstack4j.core.runtime;

import dev.netstack4j.api.runtime.CpuIdle;
import dev.netstack4j.api.runtime.Sync;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// A host in real time: an agent thread per CPU (ksoftirqd) that runs what nobody else runs, and sleeps when there is
/// nothing.
final class RealHost extends Host {
    private static final System.Logger LOG = System.getLogger(RealHost.class.getName());
    private static final long POLL_NANOS = 20_000;

    private final RealSync sync;
    private final List<Thread> agents = new ArrayList<>();
    private volatile boolean running;

    RealHost(String name, RealRuntime runtime, int cpuCount, long seed) {
        RealSync theSync = new RealSync(runtime.clock());
        super(name, runtime, cpuCount, seed, parking(cpuCount), theSync);
        this.sync = theSync;
    }

    private static CpuIdle[] parking(int count) {
        CpuIdle[] idle = new CpuIdle[count];
        for (int i = 0; i < count; i++) {
            idle[i] = new ParkIdle();
        }
        return idle;
    }

    @Override
    public Sync sync() {
        return sync;
    }

    @Override
    public void start() {
        running = true;
        for (HostCpu cpu : allCpus()) {
            Thread t = Thread.ofPlatform().name(cpu.toString()).daemon(true).unstarted(() -> agent(cpu));
            agents.add(t);
            t.start();
        }
    }

    private void agent(HostCpu cpu) {
        while (running) {
            try {
                if (!turn(cpu)) {
                    idle(cpu);
                }
            } catch (RuntimeException | LinkageError e) {
                LOG.log(System.Logger.Level.ERROR, cpu + ": stack code failed outside any module's containment", e);
            }
        }
    }

    /// Publishes that it is idle, looks once more, then sleeps until something is due or somebody wakes it.
    private void idle(HostCpu cpu) {
        long until = nextDeadline(cpu);
        cpu.idleUntil = until;
        cpu.idle.set(true);
        if (cpu.hasPending() || cpu.id() == 0 && anyRung() || nextDeadline(cpu) < until || !running) {
            cpu.idle.set(false);
        } else {
            long timeout = until == Long.MAX_VALUE ? -1 : Math.max(0, until - now());
            cpu.idleWith.idle(timeout);
            cpu.idle.set(false);
        }
        cpu.idleUntil = Long.MIN_VALUE;
    }

    @Override
    void wakeAgent(HostCpu cpu) {
        if (cpu.idle.get() && cpu.idle.compareAndSet(true, false)) {
            cpu.idleWith.wake();
        }
    }

    @Override
    public void synchronizeNet() {
        for (HostCpu cpu : allCpus()) {
            long before = cpu.left;
            while (cpu.licence.isHeld() && cpu.left == before) {
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
    }

    @Override
    public void close() {
        endWork();
        running = false;
        for (HostCpu cpu : allCpus()) {
            cpu.idleWith.wake();
        }
        for (Thread t : agents) {
            join(t);
        }
        for (HostCpu cpu : allCpus()) {
            cpu.idleWith.close();
        }
    }

    private static void join(Thread t) {
        boolean interrupted = false;
        while (t.isAlive()) {
            try {
                t.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
