package dev.netstack4j.examples.virtio;

import dev.netstack4j.api.hardware.PciId;
import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.StackModule;
import java.lang.invoke.MethodHandles;
import java.util.List;

/// The extension: declares which devices its driver serves. Core finds the driver when such a device is plugged in,
/// makes it once a stack, and calls its `probe` for each device.
public final class VirtioNetModule implements StackModule {
    /// Network devices of virtio, the second one with the registers of old drivers beside those of new ones.
    private static final List<PciId> IDS = List.of(PciId.of(0x1AF4, 0x1041), PciId.of(0x1AF4, 0x1000));

    @Override
    public String name() {
        return "example-virtio-net";
    }

    @Override
    public MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    @Override
    public void contribute(Contributions c) {
        c.pciDriver("virtio-net", IDS, OptionSchema.NONE, VirtioNetDriver.class);
    }
}
