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

    /// How CPU `cpuId` waits when idle: core's own way, or what [#idleWith] gave it. Modules that share a way of
    /// waiting find each other here.
    CpuIdle idle(int cpuId);

    /// Replaces how CPU `cpuId` waits when idle, once: a CPU waits in one place. Called by a wire or a device that must
    /// wait on descriptors, under the control lock.
    ///
    /// @throws IllegalStateException it was replaced before, by whom [#idle] tells
    void idleWith(int cpuId, CpuIdle idle);
}
