package dev.netstack4j.api.runtime;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.ProvidedByCore;

/// Where process context waits, first come first woken. Use: take a ticket, check the condition, await the ticket. A
/// wake after [#ticket()] is never lost.
@ProvidedByCore
@Linux("kernel/sched/wait.c#prepare_to_wait")
public interface WaitQueue {
    /// Value of a deadline that never comes.
    long FOREVER = Long.MAX_VALUE;

    /// A ticket for the state of now. Process context.
    long ticket();

    /// Waits until a wake that came after `ticket`. Process context, holding no CPU and no lock.
    ///
    /// @param deadlineNanos absolute, on the runtime's clock, or [#FOREVER]
    WaitResult await(long ticket, long deadlineNanos);

    /// Wakes everybody who waits. Softirq or process context; delivered when `cpu` is left, once per batch.
    void wakeAll(Cpu cpu);

    /// Wakes everybody at once, from a thread that holds no CPU.
    void wakeAll();

    /// Whether anybody waits, for callers that can save the wake.
    boolean hasWaiters();
}
