package dev.netstack4j.nic.igb;

import dev.netstack4j.api.hardware.PciId;
import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.StackModule;
import java.lang.invoke.MethodHandles;
import java.util.List;

/// Contributes the driver `igb`.
public final class IgbModule implements StackModule {
    private static final int INTEL = 0x8086;

    /// 82576 copper, and its boards with four ports.
    private static final List<PciId> IDS =
            List.of(PciId.of(INTEL, 0x10C9), PciId.of(INTEL, 0x10E8), PciId.of(INTEL, 0x1526));

    /// Called by the service loader.
    public IgbModule() {}

    @Override
    public String name() {
        return "nic-igb";
    }

    @Override
    public MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    @Override
    public void contribute(Contributions c) {
        c.pciDriver("igb", IDS, IgbOptions.SCHEMA, IgbDriver.class);
    }
}
