package dev.netstack4j.bus.emulated.pci;

/// One base address register of a chip.
///
/// @param index 0 to 5
/// @param bytes size of the window, a power of two
/// @param io    whether it is in I/O space
public record Bar(int index, int bytes, boolean io) {}
