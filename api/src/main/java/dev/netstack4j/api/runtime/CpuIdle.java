package dev.netstack4j.api.runtime;

import dev.netstack4j.api.doc.ImplementedByExtensions;

/// How an idle CPU waits. Core parks its thread; a wire with descriptors polls them.
@ImplementedByExtensions
public interface CpuIdle {
    /// Blocks until [#wake] is called, something arrives, or `timeoutNanos` have passed (negative: no limit).
    /// Runs on the CPU's agent thread with no CPU held. May return early.
    void idle(long timeoutNanos);

    /// Ends a running or the next [#idle]. Any thread; must not block.
    void wake();

    /// The CPU has ended and will not be idle again: frees what the wait held. Called once, last.
    default void close() {}
}
