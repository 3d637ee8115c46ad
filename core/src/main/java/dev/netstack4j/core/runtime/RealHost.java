package dev.netstack4j.core.runtime;

import dev.netstack4j.api.runtime.CpuIdle;
import dev.netstack4j.api.runtime.Sync;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// A host in real time: an agent thread per CPU (ksoftirqd) that runs what nobody else runs, and sleeps when there is
/// nothing, unless an application thread that waits does both in its place.
final class RealHost extends Host {
    private static final System.Logger LOG = System.getLogger(RealHost.class.getName());
    private static final long POLL_NANOS = 20_000;

    private final RealSync sync;
    private final List<Thread> agents = new ArrayList<>();
    private final Seat[] seats;
    private volatile boolean running;
    private volatile IntSupplier busyRead = () -> 0;

    RealHost(String name, RealRuntime runtime, int cpuCount, long seed) {
        RealSync theSync = new RealSync(runtime.clock());
        super(name, runtime, cpuCount, seed, parking(cpuCount), theSync);
        this.sync = theSync;
        this.seats = new Seat[cpuCount];
        Arrays.setAll(seats, i -> new Seat(() -> busyRead.getAsInt()));
        theSync.host(this);
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
            seats[cpu.id()].belongsTo(t);
            t.start();
        }
    }

    private void agent(HostCpu cpu) {
        Seat seat = seats[cpu.id()];
        while (running) {
            if (seat.sit(Thread.currentThread())) {
                while (running && !seat.isWanted()) {
                    attend(cpu);
                }
                seat.handOver();
            }
            seat.watch(this);
        }
    }

    private void attend(HostCpu cpu) {
        try {
            if (!turn(cpu)) {
                idle(cpu, null);
            }
        } catch (RuntimeException | LinkageError e) {
            failed(cpu, e);
        }
    }

    private static void failed(HostCpu cpu, Throwable e) {
        LOG.log(System.Logger.Level.ERROR, cpu + ": stack code failed outside any module's containment", e);
    }

    /// Publishes that it is idle, looks once more, then sleeps until something is due or somebody wakes it.
    ///
    /// @param wait what the calling thread waits for, null for the agent
    private void idle(HostCpu cpu, @Nullable Attendance wait) {
        long until = nextDeadline(cpu);
        cpu.idleUntil = until;
        cpu.idle.set(true);
        if (cpu.hasPending() || cpu.id() == 0 && anyRung() || nextDeadline(cpu) < until || isCalled(cpu, wait)) {
            cpu.idle.set(false);
        } else {
            long end = wait == null ? until : Math.min(until, wait.latest());
            long timeout = end == Long.MAX_VALUE ? -1 : Math.max(0, end - now());
            long began = now();
            cpu.idleWith.idle(timeout);
            cpu.idle.set(false);
            seats[cpu.id()].busyPoll().slept(now() - began);
        }
        cpu.idleUntil = Long.MIN_VALUE;
    }

    private boolean isCalled(HostCpu cpu, @Nullable Attendance wait) {
        return !running || (wait == null ? seats[cpu.id()].isWanted() : wait.isOver());
    }

    // ---- application threads that wait

    /// Attends to a CPU if the calling thread may, until what it waits for has come.
    ///
    /// @return whether it may try again in this wait
    boolean attend(RealWaitQueue queue, Attendance wait) {
        Thread me = Thread.currentThread();
        HostCpu cpu = queue.wokenOn(this);
        if (!running || me.isVirtual() && cpu.idleWith.blocksThread()) {
            return false;
        }
        Seat seat = seats[cpu.id()];
        if (!seat.borrow(me, now())) {
            if (seat.ask(me, now())) {
                wakeAgent(cpu);
            }
            return true;
        }
        boolean patient = false;
        try {
            queue.attends(cpu);
            RealThread.attends(cpu);
            patient = attend(cpu, wait);
        } catch (RuntimeException | LinkageError e) {
            failed(cpu, e); // not by what this thread does: its wait goes on
        } finally {
            queue.attends(null);
            RealThread.attends(null);
            if (patient) {
                seat.leave();
            } else {
                seat.giveBack();
            }
        }
        return patient;
    }

    private boolean attend(HostCpu cpu, Attendance wait) {
        wait.begin(now());
        while (running && !wait.isOver()) {
            if (turn(cpu)) {
                wait.begin(now());
            } else if (!wait.isOver() && !spin(cpu, wait)) {
                idle(cpu, wait);
            }
            long now = now();
            if (wait.isOutOfPatience(now)) {
                return false;
            }
            if (now >= wait.deadline()) {
                return true; // also where work never ends
            }
        }
        return running;
    }

    /// Looks again and again for a while.
    ///
    /// @return whether there is something to do
    private boolean spin(HostCpu cpu, Attendance wait) {
        BusyPoll busy = seats[cpu.id()].busyPoll();
        long began = now();
        long end = began + busy.nanos();
        for (long now = began; now < end; ) {
            cpu.idleWith.idle(0);
            if (wait.isOver() || cpu.hasPending() || anyRung() || nextDeadline(cpu) <= now) {
                busy.found();
                return true;
            }
            long before = now();
            Thread.yield();
            now = now();
            if (now - before > BusyPoll.CROWDED_NANOS) {
                busy.crowded();
                return false;
            }
        }
        return false;
    }

    /// A thread that leaves a CPU in whose seat nobody sits looks whether something has come, but not each time.
    @Override
    void wasLeft(HostCpu cpu) {
        Seat seat = seats[cpu.id()];
        if (seat.visit(Thread.currentThread(), cpu.nowNanos())) {
            try {
                if (running) { // asked by who sits: the end waits for empty seats
                    cpu.idleWith.idle(0);
                    turn(cpu);
                }
            } finally {
                seat.leave();
            }
        }
    }

    boolean isRunning() {
        return running;
    }

    @Override
    public void busyRead(IntSupplier microseconds) {
        busyRead = microseconds;
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
            LockSupport.unpark(t);
            join(t);
        }
        for (HostCpu cpu : allCpus()) {
            while (!seats[cpu.id()].isEmpty()) {
                cpu.idleWith.wake();
                LockSupport.parkNanos(POLL_NANOS);
            }
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
