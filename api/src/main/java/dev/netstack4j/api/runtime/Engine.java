package dev.netstack4j.api.runtime;

import dev.netstack4j.api.doc.ImplementedByExtensions;

/// What moves data outside the stack: a device model's DMA, a cable's delay line. Runs with no CPU and no stack lock
/// held, by one runner at a time.
@ImplementedByExtensions
public interface Engine {
    /// Value of [#nextDeadlineNanos()] when nothing is due.
    long NEVER = Long.MAX_VALUE;

    /// Moves what can be moved, at most some 256 frames.
    ///
    /// @param nowNanos the runtime's clock
    /// @return how much was done; above 0 means that it wants to be called again soon
    int doWork(long nowNanos);

    /// When it next has something to do without being rung, on the runtime's clock, or [#NEVER].
    default long nextDeadlineNanos() {
        return NEVER;
    }
}
