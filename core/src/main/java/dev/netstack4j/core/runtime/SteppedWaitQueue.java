package dev.netstack4j.core.runtime;

import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.WaitQueue;
import dev.netstack4j.api.runtime.WaitResult;

/// Waiting in virtual time: the waiting thread gives the baton away; the driver's own thread steps the runtime instead.
final class SteppedWaitQueue implements WaitQueue {
    private final SteppedRuntime runtime;
    private final String waits;
    private long wakes;
    private int waiting;

    SteppedWaitQueue(SteppedRuntime runtime, String name) {
        this.runtime = runtime;
        this.waits = "waits for " + name;
    }

    @Override
    public long ticket() {
        return wakes;
    }

    @Override
    public WaitResult await(long ticket, long deadlineNanos) {
        runtime.point(waits);
        waiting++;
        try {
            while (wakes == ticket) {
                if (deadlineNanos <= runtime.clock().nanos()) {
                    return WaitResult.TIMED_OUT;
                }
                if (runtime.block(this, ticket, deadlineNanos)) {
                    Thread.currentThread().interrupt();
                    return WaitResult.INTERRUPTED;
                }
            }
            return WaitResult.WOKEN;
        } finally {
            waiting--;
        }
    }

    @Override
    public void wakeAll(Cpu cpu) {
        runtime.point(waits);
        wakes++;
    }

    @Override
    public void wakeAll() {
        runtime.point(waits);
        wakes++;
    }

    @Override
    public boolean hasWaiters() {
        return waiting > 0;
    }

    /// For events: that somebody waits for this.
    String waits() {
        return waits;
    }

    @Override
    public String toString() {
        return waits.substring("waits for ".length());
    }
}
