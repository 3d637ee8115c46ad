package dev.netstack4j.core.runtime;

import org.jspecify.annotations.Nullable;

/// A wake that waits in a CPU's list until that CPU is left.
abstract class DeferredWake {
    @Nullable
    DeferredWake nextDeferred;

    /// Wakes the waiters. No CPU is held.
    abstract void deliver();
}
