package dev.netstack4j.api.runtime;

import dev.netstack4j.api.doc.ProvidedByCore;

/// A re-usable timer; arming allocates nothing. The handler runs in softirq context and rechecks under the ownership of
/// what it works on, because [#cancel] never waits for a handler that has already begun.
@ProvidedByCore
public interface Timer {
    /// Arms or re-arms it on the clock of the runtime. A deadline in the past fires at the next turn.
    void arm(long deadlineNanos, Cpu cpu);

    /// Disarms it, without waiting.
    ///
    /// @return whether it was armed
    boolean cancel(Cpu cpu);

    /// Whether it waits to fire.
    boolean isArmed();

    /// The deadline of the last [#arm].
    long deadlineNanos();
}
