package dev.netstack4j.api.hardware;

import dev.netstack4j.api.buffer.PhysicalMemory;
import dev.netstack4j.api.doc.ProvidedByCore;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.Engines;
import dev.netstack4j.api.runtime.Sync;
import java.nio.file.Path;
import java.util.Optional;

/// What a bus gets from its stack.
@ProvidedByCore
public interface BusContext {
    /// The host's memory; an address in it is a bus address.
    PhysicalMemory memory();

    /// A file that is the memory: another process of this user that maps it, shared, sees what devices and drivers see.
    /// Its offsets are the addresses. There while the stack lives. Empty when the memory is this process's own, which
    /// it is unless the stack was built for a bus with [SharesMemory].
    Optional<Path> memoryFile();

    /// A new interrupt, first aimed at CPU 0.
    ///
    /// @param name for listings
    IrqLine newIrq(String name);

    /// Engines driven by this stack's CPUs.
    Engines engines();

    /// The runtime's clock.
    Clock clock();

    /// Locks and bits.
    Sync sync();

    /// Name of the stack, for listings and for addresses that are made from it.
    String stackName();
}
