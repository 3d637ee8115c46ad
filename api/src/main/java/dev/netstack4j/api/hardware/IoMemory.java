package dev.netstack4j.api.hardware;

import dev.netstack4j.api.doc.ImplementedByExtensions;
import dev.netstack4j.api.doc.Linux;

/// A mapped register window. Values are as the CPU sees them (the bus is little-endian). Writes are posted: they keep
/// their order, and a read returns only after all earlier writes. Any context; never blocks for long and never throws.
@ImplementedByExtensions
@Linux("include/asm-generic/io.h#readl")
public interface IoMemory {
    /// Reads a 32-bit register; all ones when the device is gone.
    ///
    /// @param offset bytes from the window's start, a multiple of 4
    int read32(int offset);

    /// Writes a 32-bit register; nothing happens when the device is gone. What was written to memory before is seen by
    /// a device that acts on this write.
    void write32(int offset, int value);

    /// Size of the window in bytes.
    int size();
}
