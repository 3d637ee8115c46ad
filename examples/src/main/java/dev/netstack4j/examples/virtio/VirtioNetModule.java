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
    private static final int RED_HAT = 0x1AF4;
    private static final int NETWORK = 0x1041;
    private static final int NETWORK_TRANSITIONAL = 0x1000;

    /// A lesson adds its module itself; a real extension is found by the service loader.
    public VirtioNetModule() {}

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
        List<PciId> ids = List.of(PciId.of(RED_HAT, NETWORK), PciId.of(RED_HAT, NETWORK_TRANSITIONAL));
        c.pciDriver("virtio-net", ids, OptionSchema.NONE, VirtioNetDriver.class);
    }
}
