package dev.netstack4j.wire.tap;

import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.StackModule;
import java.lang.invoke.MethodHandles;

/// Contributes the wire kind `tap`.
public final class TapModule implements StackModule {
    /// For `ServiceLoader`.
    public TapModule() {}

    @Override
    public String name() {
        return "wire-tap";
    }

    @Override
    public MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    @Override
    public void contribute(Contributions c) {
        c.wire("tap", TapOptions.SCHEMA, TapWireOps.class);
    }
}
