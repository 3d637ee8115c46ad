package dev.netstack4j.api.runtime;

import dev.netstack4j.api.doc.ImplementedByExtensions;

/// How an idle CPU waits. Core parks its thread; a wire with descriptors polls them.
@ImplementedByExtensions
public interface CpuIdle {
    /// Blocks until [#wake] is called, something arrives, or `timeoutNanos` have passed (negative: no limit).
    /// One thread at a time, the CPU's agent or an application thread that waits; no CPU is held. May return early.
    void idle(long timeoutNanos);

    /// Ends a running or the next [#idle]. Any thread; must not block.
    void wake();

    /// Whether [#idle] blocks in a call to the operating system, so that a virtual thread must not wait in it.
    default boolean blocksThread() {
        return true;
    }

    /// The CPU has ended and will not be idle again: frees what the wait held. Called once, last.
    default void close() {}
}
