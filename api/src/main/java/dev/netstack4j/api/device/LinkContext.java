package dev.netstack4j.api.device;

import dev.netstack4j.api.buffer.PhysicalMemory;
import dev.netstack4j.api.doc.ProvidedByCore;
import dev.netstack4j.api.hardware.IrqLine;

/// What a device that sits on no bus gets from its stack, beside what its module injects.
@ProvidedByCore
public interface LinkContext {
    /// The host's memory.
    PhysicalMemory memory();

    /// A new interrupt, first aimed at CPU 0, by which another thread tells that there is something to do.
    ///
    /// @param name for listings
    IrqLine newIrq(String name);

    /// Name of the stack, for listings.
    String stackName();
}
