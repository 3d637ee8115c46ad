package com.example.hold;

import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.StackModule;
import java.lang.invoke.MethodHandles;

/// The only public class, because `ServiceLoader` asks for one.
public final class HoldModule implements StackModule {
    @Override
    public String name() {
        return "example-hold-jar";
    }

    @Override
    public MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    @Override
    public void contribute(Contributions c) {
        c.qdisc("example", OptionSchema.NONE, HoldOps.class);
    }
}
