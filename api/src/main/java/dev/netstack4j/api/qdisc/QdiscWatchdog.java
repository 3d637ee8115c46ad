package dev.netstack4j.api.qdisc;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.ProvidedByCore;
import dev.netstack4j.api.runtime.Cpu;

/// Wakes a qdisc that holds packets back. Within [Qdisc#dequeue].
@ProvidedByCore
@Linux("net/sched/sch_api.c#qdisc_watchdog_schedule_ns")
public interface QdiscWatchdog {
    /// Asks for a dequeue at `deadlineNanos` of the runtime's clock; a later call replaces an earlier one.
    void schedule(long deadlineNanos, Cpu cpu);

    /// Takes the request back.
    void cancel(Cpu cpu);
}
