package dev.netstack4j.core.runtime;

import dev.netstack4j.api.hardware.Interrupts;
import dev.netstack4j.api.hardware.IrqLine;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.ControlLock;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.Engines;
import dev.netstack4j.api.runtime.RandomStreams;
import dev.netstack4j.api.runtime.SoftIrqs;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.api.runtime.Timers;
import dev.netstack4j.api.runtime.WorkQueue;
import java.util.function.IntSupplier;

/// The runtime services of one stack; made by [RuntimeCore#newHost]. `start` begins to run its CPUs, `close` ends them.
public interface HostRuntime extends AutoCloseable {
    /// The runtime that it belongs to.
    StackRuntime runtime();

    /// The clock.
    Clock clock();

    /// CPUs.
    Cpus cpus();

    /// Softirq actions.
    SoftIrqs softIrqs();

    /// Engines.
    Engines engines();

    /// Timers.
    Timers timers();

    /// Process context for drivers.
    WorkQueue workQueue();

    /// Locks, bits, wait queues.
    Sync sync();

    /// Randomness.
    RandomStreams random();

    /// The control lock.
    ControlLock controlLock();

    /// The interrupts that are in use.
    Interrupts interrupts();

    /// A new interrupt line, aimed at CPU 0.
    IrqLine newIrq(String name);

    /// Says how long a thread that attends to a CPU looks again and again before it sleeps; nothing in virtual time.
    void busyRead(IntSupplier microseconds);

    /// Begins to run.
    void start();

    /// Runs work items that are queued, then ends agents and threads of this host.
    @Override
    void close();
}
