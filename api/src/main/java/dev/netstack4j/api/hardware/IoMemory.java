package dev.netstack4j.api.hardware;

import dev.netstack4j.api.doc.ImplementedByExtensions;
import dev.netstack4j.api.doc.Linux;

/// A mapped register window. Values are as the CPU sees them (the bus is little-endian). Writes are posted: they keep
/// their order, and a read returns only after all earlier writes. Any context; never blocks for long and never throws,
/// outside of the window neither, where reads give all ones (BUS-4).
@ImplementedByExtensions
@Linux("include/asm-generic/io.h#readl")
public interface IoMemory {
    /// Reads a 32-bit register; all ones when the device is gone (BUS-5).
    ///
    /// @param offset bytes from the window's start, a multiple of 4
    int read32(int offset);

    /// Writes a 32-bit register; nothing happens when the device is gone. What was written to memory before is seen by
    /// a device that acts on this write.
    void write32(int offset, int value);

    /// Reads an 8-bit register; all ones when the device is gone. Without an access of that width of its own a window
    /// takes the byte out of the 32 bits around it.
    default int read8(int offset) {
        return read32(offset & ~3) >>> (offset & 3) * 8 & 0xFF;
    }

    /// Reads a 16-bit register; all ones when the device is gone.
    ///
    /// @param offset a multiple of 2
    default int read16(int offset) {
        return read32(offset & ~3) >>> (offset & 2) * 8 & 0xFFFF;
    }

    /// Writes an 8-bit register. Without an access of that width of its own a window reads and writes the 32 bits
    /// around it.
    default void write8(int offset, int value) {
        int shift = (offset & 3) * 8;
        write32(offset & ~3, read32(offset & ~3) & ~(0xFF << shift) | (value & 0xFF) << shift);
    }

    /// Writes a 16-bit register.
    ///
    /// @param offset a multiple of 2
    default void write16(int offset, int value) {
        int shift = (offset & 2) * 8;
        write32(offset & ~3, read32(offset & ~3) & ~(0xFFFF << shift) | (value & 0xFFFF) << shift);
    }

    /// Size of the window in bytes.
    int size();
}
