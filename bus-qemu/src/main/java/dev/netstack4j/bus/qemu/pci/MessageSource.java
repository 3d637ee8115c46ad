package dev.netstack4j.bus.qemu.pci;

/// A device's means to send interrupts as messages.
interface MessageSource {
    /// Vector `v` from now on writes bit `v` to that address.
    void enable(long address, int vectors);

    /// No vector is sent any more.
    void disable();
}
