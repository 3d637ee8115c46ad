package dev.netstack4j.bus.qemu.pci;

/// A base address register with the address that it was given.
///
/// @param index   0 to 5
/// @param address where the window lies
/// @param bytes   its size
/// @param io      whether it lies in I/O space
/// @param wide    whether it takes two registers
record Bar(int index, long address, long bytes, boolean io, boolean wide) {}
