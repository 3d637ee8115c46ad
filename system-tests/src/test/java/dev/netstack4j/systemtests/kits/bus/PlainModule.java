package dev.netstack4j.systemtests.kits.bus;

import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.StackModule;
import java.lang.invoke.MethodHandles;

/// Contributes the bus kind `plain`.
public final class PlainModule implements StackModule {
    @Override
    public String name() {
        return "test-plain-bus";
    }

    @Override
    public MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    @Override
    public void contribute(Contributions c) {
        c.pciBus("plain", PlainBusOps.BUS_OPTIONS, PlainBusOps.class);
    }
}
