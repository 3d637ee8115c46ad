package dev.netstack4j.qdisc.pfifofast;

import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.StackModule;
import java.lang.invoke.MethodHandles;

/// Contributes the qdisc kind `pfifo_fast`.
public final class PfifoFastModule implements StackModule {
    /// Called by the service loader.
    public PfifoFastModule() {}

    @Override
    public String name() {
        return "qdisc-pfifo-fast";
    }

    @Override
    public MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    @Override
    public void contribute(Contributions c) {
        c.qdisc("pfifo_fast", OptionSchema.NONE, PfifoFastOps.class);
    }
}
