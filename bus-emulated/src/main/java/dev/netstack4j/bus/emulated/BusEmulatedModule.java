package dev.netstack4j.bus.emulated;

import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.bus.emulated.cable.CableOps;
import dev.netstack4j.bus.emulated.pci.EmulatedBusOps;
import java.lang.invoke.MethodHandles;

/// Contributes the PCI bus kind `emulated` and the wire kind `cable`.
public final class BusEmulatedModule implements StackModule {
    /// For `ServiceLoader`.
    public BusEmulatedModule() {}

    @Override
    public String name() {
        return "bus-emulated";
    }

    @Override
    public MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    @Override
    public void contribute(Contributions c) {
        c.pciBus("emulated", EmulatedBusOps.BUS_OPTIONS, EmulatedBusOps.class);
        c.wire("cable", CableOps.OPTIONS, CableOps.class);
    }
}
