package dev.netstack4j.api.runtime;

import dev.netstack4j.api.doc.ImplementedByExtensions;

/// What a CPU's work costs in virtual time, in nanoseconds. Given to [VirtualRuntime#cost]. A CPU whose work cost time
/// is busy for so long: its interrupts, softirqs, timers and callers wait, other CPUs, hosts and engines go on. `cpu`
/// is the CPU's name, such as `a/cpu0`. Called by whoever holds the CPU.
@ImplementedByExtensions
public interface CpuCost {
    /// One interrupt.
    default long interruptNanos(String cpu) {
        return 0;
    }

    /// One run of a softirq vector, without the polls in it.
    default long softirqNanos(String cpu, SoftIrqVector vector) {
        return 0;
    }

    /// One poll that received `packets`, with all that the stack does for them.
    default long pollNanos(String cpu, int packets) {
        return 0;
    }

    /// One stretch of an application on the CPU.
    default long processNanos(String cpu) {
        return 0;
    }
}
