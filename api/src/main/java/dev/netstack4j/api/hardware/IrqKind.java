package dev.netstack4j.api.hardware;

/// How a device interrupts.
public enum IrqKind {
    /// A message per vector, from a table in the device's memory.
    MSI_X,
    /// A message from configuration space.
    MSI,
    /// A level-triggered line, possibly shared.
    INTX
}
