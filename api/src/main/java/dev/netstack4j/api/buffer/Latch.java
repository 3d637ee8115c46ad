package dev.netstack4j.api.buffer;

import java.util.concurrent.atomic.AtomicBoolean;

/// A spin lock for this package's slow paths, which must work before any runtime exists.
final class Latch {
    private final AtomicBoolean held = new AtomicBoolean();

    void lock() {
        while (!held.compareAndSet(false, true)) {
            Thread.onSpinWait();
        }
    }

    void unlock() {
        held.set(false);
    }
}
