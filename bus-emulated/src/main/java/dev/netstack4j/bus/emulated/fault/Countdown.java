package dev.netstack4j.bus.emulated.fault;

import dev.netstack4j.api.runtime.AtomicBits;

/// How many more times something goes wrong. Any thread.
final class Countdown {
    private final AtomicBits left;

    Countdown(AtomicBits left) {
        this.left = left;
    }

    void add(long times) {
        int before;
        do {
            before = left.get();
        } while (!left.compareAndSet(before, (int) Math.min(Integer.MAX_VALUE, before + times)));
    }

    /// Whether it goes wrong now; counts it.
    boolean take() {
        int before = left.get();
        while (before > 0) {
            if (left.compareAndSet(before, before - 1)) {
                return true;
            }
            before = left.get();
        }
        return false;
    }
}
