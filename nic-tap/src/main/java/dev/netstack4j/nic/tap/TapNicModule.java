package dev.netstack4j.nic.tap;

import dev.netstack4j.api.device.LinkOps;
import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.StackModule;
import java.lang.invoke.MethodHandles;

/// Contributes the kind of device `tap`.
public final class TapNicModule implements StackModule {
    /// For `ServiceLoader`.
    public TapNicModule() {}

    @Override
    public String name() {
        return "nic-tap";
    }

    @Override
    public MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    @Override
    public void contribute(Contributions c) {
        c.plug(LinkOps.POINT, "tap", TapNicOptions.SCHEMA, TapLinks.class);
    }
}
