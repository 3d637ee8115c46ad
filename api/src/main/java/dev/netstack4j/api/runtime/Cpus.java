package dev.netstack4j.api.runtime;

import dev.netstack4j.api.doc.ProvidedByCore;

/// The CPUs of one stack. Socket calls enter and leave through core; extensions need this only for work of their own.
@ProvidedByCore
public interface Cpus {
    /// How many CPUs this stack has.
    int count();

    /// Takes a CPU for a short stretch that does not wait. Process context, holding none. Pair with [#leave] in a
    /// `finally` block.
    Cpu enter();

    /// Runs what was raised (bounded), gives the CPU back, moves engines that were rung, then flushes wakes.
    void leave(Cpu cpu);

    /// Returns when every CPU has been left or was idle at least once since the call, so that what was unpublished
    /// before it may be freed. Process context, holding no CPU.
    void synchronizeNet();

    /// Asks CPU `cpuId` to run softirq `vector` soon. Any thread; wakes the CPU when it is idle.
    void raiseOn(int cpuId, SoftIrqVector vector);

    /// Replaces what CPU `cpuId` does when idle. Called by a wire that must wait on descriptors.
    void idleWith(int cpuId, CpuIdle idle);
}
