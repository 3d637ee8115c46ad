package dev.netstack4j.testkit.simulation.nic;

import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.StackModule;
import java.lang.invoke.MethodHandles;
import java.util.List;

/// Contributes wire, bus, card and driver of simulated hosts. Added to a stack by name only: no `ServiceLoader` finds
/// it.
public final class SimulatedModule implements StackModule {
    /// Name of the wire kind and of the bus kind.
    public static final String KIND = "simulated";
    /// Name of the card's model.
    public static final String NIC = "nic";

    /// A module, for any number of stacks.
    public SimulatedModule() {}

    @Override
    public String name() {
        return "testkit";
    }

    @Override
    public MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    @Override
    public void contribute(Contributions c) {
        c.wire(KIND, SimulatedWireOps.OPTIONS, SimulatedWireOps.class);
        c.pciBus(KIND, OptionSchema.NONE, SimulatedBusOps.class);
        c.pciDriver(KIND, List.of(SimulatedCard.ID), OptionSchema.NONE, SoftNicDriver.class);
    }
}
