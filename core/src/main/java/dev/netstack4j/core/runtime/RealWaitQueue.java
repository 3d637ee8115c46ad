package dev.netstack4j.core.runtime;

import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.WaitQueue;
import dev.netstack4j.api.runtime.WaitResult;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Waiting in real time: a count of wakes, and threads that are parked or attend to an idle CPU. A wake from stack code
/// raises the count at once, so nobody parks any more, and unparks when the CPU is left.
final class RealWaitQueue extends DeferredWake implements WaitQueue {
    private final Clock clock;
    private final AtomicLong wakes = new AtomicLong();
    private final ThreadQueue waiters = new ThreadQueue();
    private final AtomicBoolean deferred = new AtomicBoolean();
    private final @Nullable RealHost host;
    private volatile @Nullable HostCpu wokenOn;
    private final AtomicReference<@Nullable Thread> attendant = new AtomicReference<>();
    private final Attendance attendance = new Attendance(this); // of the attendant
    private volatile @Nullable HostCpu attended; // by the attendant

    /// @param host whose CPUs waiters may attend to
    RealWaitQueue(Clock clock, @Nullable RealHost host) {
        this.clock = clock;
        this.host = host;
    }

    @Override
    public long ticket() {
        return wakes.get();
    }

    @Override
    public WaitResult await(long ticket, long deadlineNanos) {
        if (wakes.get() != ticket) {
            return WaitResult.WOKEN;
        }
        RealThread.waits();
        Thread me = Thread.currentThread();
        waiters.add(me);
        try {
            return park(me, ticket, deadlineNanos);
        } finally {
            waiters.remove(me);
        }
    }

    private WaitResult park(Thread me, long ticket, long deadlineNanos) {
        RealHost attendable = host;
        while (wakes.get() == ticket) {
            if (me.isInterrupted()) {
                return WaitResult.INTERRUPTED;
            }
            if (attendable != null && attendant.compareAndSet(null, me)) {
                try {
                    attendance.of(ticket, deadlineNanos);
                    if (!attendable.attend(this, attendance)) {
                        attendable = null;
                    }
                } finally {
                    attendant.set(null);
                }
                if (wakes.get() != ticket) {
                    break;
                }
            }
            if (deadlineNanos == FOREVER) {
                LockSupport.park(this);
            } else {
                long left = deadlineNanos - clock.nanos();
                if (left <= 0) {
                    return WaitResult.TIMED_OUT;
                }
                LockSupport.parkNanos(this, left);
            }
        }
        return WaitResult.WOKEN;
    }

    @Override
    public void wakeAll(Cpu cpu) {
        wakes.incrementAndGet();
        if (!waiters.isEmpty() && deferred.compareAndSet(false, true)) {
            HostCpu on = (HostCpu) cpu;
            if (wokenOn != on) {
                wokenOn = on;
            }
            on.deferWake(this);
        }
    }

    @Override
    public void wakeAll() {
        wakes.incrementAndGet();
        unpark();
    }

    @Override
    void deliver() {
        deferred.set(false);
        unpark();
    }

    private void unpark() {
        Thread me = Thread.currentThread();
        waiters.unparkAllBut(me);
        HostCpu cpu = attended;
        if (cpu != null && attendant.get() != me) {
            cpu.host.wakeAgent(cpu);
        }
    }

    // ---- a waiter that attends to a CPU

    /// The CPU on which packets for these waiters come.
    HostCpu wokenOn(RealHost of) {
        HostCpu last = wokenOn;
        return last == null ? of.cpu(0) : last;
    }

    /// What the one waiter that attends to a CPU attends to.
    void attends(@Nullable HostCpu cpu) {
        attended = cpu;
    }

    @Override
    public boolean hasWaiters() {
        return !waiters.isEmpty();
    }
}
