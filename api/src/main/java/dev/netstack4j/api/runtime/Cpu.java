package dev.netstack4j.api.runtime;

import dev.netstack4j.api.doc.ProvidedByCore;

/// A licence to run stack code. Who holds it is alone on this CPU's state. It is an explicit argument of every
/// data-path method and is never stored in a field by an extension.
@ProvidedByCore
public interface Cpu {
    /// Index from 0 to `Cpus.count() - 1`.
    int id();

    /// The time of this batch: read once when the CPU is entered and again between polls.
    long nowNanos();

    /// The context that runs now.
    Context context();

    /// Marks a softirq vector pending on this CPU; it runs when the CPU is left or at the agent's next turn.
    void raise(SoftIrqVector vector);

    /// Whether a loop that has run for long should stop: the softirq time limit of this run is over.
    boolean shouldYield();

    /// Notes that a poll on this CPU received `packets`: with a [CpuCost] that takes virtual time, else none.
    default void polled(int packets) {}
}
