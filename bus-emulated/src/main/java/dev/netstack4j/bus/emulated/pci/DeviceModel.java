package dev.netstack4j.bus.emulated.pci;

import dev.netstack4j.api.hardware.WireReceiver;

/// One chip on the bus. Register accesses come from any thread and never block for long.
public interface DeviceModel {
    /// Its identity and abilities.
    PciFunction function();

    /// A read of a register, aligned, within the bar.
    int read32(int bar, int offset);

    /// A write to a register, aligned, within the bar.
    void write32(int bar, int offset, int value);

    /// Whether it may access memory. Process context.
    void busMaster(boolean allowed);

    /// Where its interrupts go from now on; a cause that waits is signalled at once. Process context.
    void interruptsTo(InterruptPort port);

    /// Its connector for the wire.
    WireReceiver receiver();

    /// It is pulled out: no DMA, no interrupt and no frame after this returns. Process context.
    void remove();
}
