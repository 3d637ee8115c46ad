package com.example.red;

import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.StackModule;
import java.lang.invoke.MethodHandles;

/// Contributes the qdisc kind `red`.
public final class RedModule implements StackModule {
    /// Called by the service loader.
    public RedModule() {}

    @Override
    public String name() {
        return "qdisc-red";
    }

    @Override
    public MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    @Override
    public void contribute(Contributions c) {
        c.qdisc("red", RedOps.SCHEMA, RedOps.class);
    }
}
