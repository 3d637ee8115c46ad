package dev.netstack4j.bus.emulated.i82540em;

import dev.netstack4j.api.runtime.Engine;

/// The pair of timers that delays a cause: one restarts with every event (RDTR, TIDV), one runs from the first (RADV,
/// TADV). Units of 1.024 us.
final class DelayTimer {
    private static final int UNIT_NANOS = 1024;

    private long sinceLast = Engine.NEVER;
    private long sinceFirst = Engine.NEVER;
    private volatile long due = Engine.NEVER;

    /// An event.
    ///
    /// @param most 0 for no absolute limit
    /// @return whether it is due earlier than it was
    boolean start(long now, int delay, int most) {
        sinceLast = now + (long) delay * UNIT_NANOS;
        if (sinceFirst == Engine.NEVER && most > 0) {
            sinceFirst = now + (long) most * UNIT_NANOS;
        }
        long before = due;
        due = Math.min(sinceLast, sinceFirst);
        return due < before;
    }

    boolean isRunning() {
        return due != Engine.NEVER;
    }

    long due() {
        return due;
    }

    void stop() {
        sinceLast = Engine.NEVER;
        sinceFirst = Engine.NEVER;
        due = Engine.NEVER;
    }
}
