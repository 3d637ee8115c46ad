package dev.netstack4j.bus.qemu;

import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.bus.qemu.pci.QemuBusOps;
import java.lang.invoke.MethodHandles;

/// Contributes the PCI bus kind `qemu`.
public final class BusQemuModule implements StackModule {
    /// For `ServiceLoader`.
    public BusQemuModule() {}

    @Override
    public String name() {
        return "bus-qemu";
    }

    @Override
    public MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    @Override
    public void contribute(Contributions c) {
        c.pciBus("qemu", QemuBusOps.BUS_OPTIONS, QemuBusOps.class);
    }
}
