package dev.netstack4j.pci.trace;

/// Where the registers of a descriptor ring lie.
///
/// @param name   for example `tx0`
/// @param tx     whether it is a transmit ring
/// @param low    lower half of its address
/// @param high   upper half
/// @param length its bytes
/// @param tail   the doorbell
record RingPlace(String name, boolean tx, int low, int high, int length, int tail) {}
