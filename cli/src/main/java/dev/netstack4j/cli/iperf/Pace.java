package dev.netstack4j.cli.iperf;

import dev.netstack4j.api.runtime.StackRuntime;

/// Keeps a sender at a rate: it waits until what it has sent would have taken so long.
final class Pace {
    private static final double BIT_NANOS = 1e9;

    private final StackRuntime runtime;
    private final long bitsPerSecond;
    private final long begin;

    /// @param bitsPerSecond 0 for no limit
    Pace(StackRuntime runtime, long bitsPerSecond) {
        this.runtime = runtime;
        this.bitsPerSecond = bitsPerSecond;
        this.begin = runtime.clock().nanos();
    }

    /// Waits until more may be sent, or until the caller should look whether the test is over.
    ///
    /// @return whether more may be sent
    boolean allows(long bytesSent) {
        if (bitsPerSecond == 0) {
            return true;
        }
        long due = begin + (long) (bytesSent * 8 * BIT_NANOS / bitsPerSecond);
        long early = due - runtime.clock().nanos();
        if (early > 0) {
            runtime.pause(Math.min(early, Flow.PATIENCE_NANOS));
        }
        return early <= Flow.PATIENCE_NANOS;
    }
}
