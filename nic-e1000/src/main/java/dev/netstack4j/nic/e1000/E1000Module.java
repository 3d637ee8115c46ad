package dev.netstack4j.nic.e1000;

import dev.netstack4j.api.hardware.PciId;
import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.StackModule;
import java.lang.invoke.MethodHandles;
import java.util.List;

/// Contributes the driver `e1000`.
public final class E1000Module implements StackModule {
    private static final int INTEL = 0x8086;

    /// 82540EM, 82540EM LOM, 82540EP, 82545EM copper: one programming interface.
    private static final List<PciId> IDS =
            List.of(PciId.of(INTEL, 0x100E), PciId.of(INTEL, 0x1015), PciId.of(INTEL, 0x1017), PciId.of(INTEL, 0x100F));

    /// Called by the service loader.
    public E1000Module() {}

    @Override
    public String name() {
        return "nic-e1000";
    }

    @Override
    public MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    @Override
    public void contribute(Contributions c) {
        c.pciDriver("e1000", IDS, E1000Options.SCHEMA, E1000Driver.class);
    }
}
