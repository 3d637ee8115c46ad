package dev.netstack4j.qdisc.tbf;

import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.StackModule;
import java.lang.invoke.MethodHandles;

/// Contributes the qdisc kind `tbf`.
public final class TbfModule implements StackModule {
    /// Called by the service loader.
    public TbfModule() {}

    @Override
    public String name() {
        return "qdisc-tbf";
    }

    @Override
    public MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    @Override
    public void contribute(Contributions c) {
        c.qdisc("tbf", TbfOptions.SCHEMA, TbfOps.class);
    }
}
