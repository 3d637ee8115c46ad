package dev.netstack4j.systemtests.kits.nic;

import dev.netstack4j.api.hardware.PciId;
import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.Option;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.OptionTypes;
import dev.netstack4j.api.spi.StackModule;
import java.lang.invoke.MethodHandles;
import java.util.List;

/// Contributes the driver of the plain card.
public final class PlainDriverModule implements StackModule {
    static final Option<String> DEFECT = Option.of("defect", OptionTypes.TEXT, "NONE", "a name of NicDefect");

    @Override
    public String name() {
        return "test-plain-driver";
    }

    @Override
    public MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    @Override
    public void contribute(Contributions c) {
        c.pciDriver("plain", List.of(PciId.of(0x1AF4, 0x7E57)), OptionSchema.of(DEFECT), PlainDriver.class);
    }
}
