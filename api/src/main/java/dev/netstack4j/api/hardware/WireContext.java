package dev.netstack4j.api.hardware;

import dev.netstack4j.api.doc.ProvidedByCore;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.Engines;
import dev.netstack4j.api.runtime.RandomStreams;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.runtime.Sync;

/// What a wire gets from its stack.
@ProvidedByCore
public interface WireContext {
    /// Shared by the stacks of this process: a cable meets its other end here.
    StackRuntime runtime();

    /// Engines driven by this stack's CPUs.
    Engines engines();

    /// The runtime's clock.
    Clock clock();

    /// Locks and bits.
    Sync sync();

    /// Randomness, for loss and the like.
    RandomStreams random();

    /// The stack's CPUs, whose idle wait a wire with descriptors replaces.
    Cpus cpus();

    /// Name of the stack, for listings.
    String stackName();
}
