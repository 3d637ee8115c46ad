package dev.netstack4j.core.runtime;

import dev.netstack4j.api.runtime.SpinLock;
import java.util.concurrent.atomic.AtomicBoolean;

/// A spin lock: test, then test and set.
final class TinyLock implements SpinLock {
    private static final int SPINS_BEFORE_YIELD = 1000;

    private final AtomicBoolean held = new AtomicBoolean();

    @Override
    public void lock() {
        int spins = 0;
        while (!tryLock()) {
            Thread.onSpinWait();
            if (++spins > SPINS_BEFORE_YIELD) {
                // The holder may have lost its core; with fewer cores than threads spinning on would keep it away.
                Thread.yield();
                spins = 0;
            }
        }
    }

    @Override
    public boolean tryLock() {
        return !held.getPlain() && held.compareAndSet(false, true);
    }

    @Override
    public void unlock() {
        held.setRelease(false);
    }
}
