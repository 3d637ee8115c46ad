package dev.netstack4j.core.runtime;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// The right to be on one CPU: held by one thread at a time. A taken licence is spun for briefly before the thread
/// parks.
final class Licence {
    private static final int SPINS = 200;

    private final AtomicInteger held = new AtomicInteger();
    private final ThreadQueue waiters = new ThreadQueue();
    private volatile long contended;

    boolean isHeld() {
        return held.get() != 0;
    }

    boolean tryAcquire() {
        return held.get() == 0 && held.compareAndSet(0, 1);
    }

    void acquire() {
        for (int i = 0; i < SPINS; i++) {
            if (tryAcquire()) {
                return;
            }
            Thread.onSpinWait();
        }
        park();
    }

    /// As [#acquire], but behind whoever waits: for the agent, which would otherwise take the licence again at once.
    void acquireFair() {
        if (waiters.isEmpty()) {
            acquire();
        } else {
            park();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // a statistic
    private void park() {
        contended++;
        Thread me = Thread.currentThread();
        waiters.add(me);
        boolean interrupted = false;
        while (!(waiters.isFirst(me) && tryAcquire())) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        waiters.remove(me);
        if (interrupted) {
            me.interrupt();
        }
    }

    void release() {
        held.set(0);
        waiters.unparkFirst();
    }

    boolean hasWaiters() {
        return !waiters.isEmpty();
    }

    /// How often somebody had to park for it.
    long contended() {
        return contended;
    }
}
