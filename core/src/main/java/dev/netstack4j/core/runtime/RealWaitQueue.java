package dev.netstack4j.core.runtime;

import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.WaitQueue;
import dev.netstack4j.api.runtime.WaitResult;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Waiting in real time: a count of wakes, and parked threads. A wake from stack code raises the count at once, so
/// nobody parks any more, and unparks when the CPU is left.
final class RealWaitQueue extends DeferredWake implements WaitQueue {
    private final Clock clock;
    private final AtomicLong wakes = new AtomicLong();
    private final ThreadQueue waiters = new ThreadQueue();
    private final AtomicBoolean deferred = new AtomicBoolean();

    RealWaitQueue(Clock clock) {
        this.clock = clock;
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
        while (wakes.get() == ticket) {
            if (me.isInterrupted()) {
                return WaitResult.INTERRUPTED;
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
            ((HostCpu) cpu).deferWake(this);
        }
    }

    @Override
    public void wakeAll() {
        wakes.incrementAndGet();
        waiters.unparkAll();
    }

    @Override
    void deliver() {
        deferred.set(false);
        waiters.unparkAll();
    }

    @Override
    public boolean hasWaiters() {
        return !waiters.isEmpty();
    }
}
