package dev.netstack4j.pci.trace;

import dev.netstack4j.api.hardware.PciInterposer;
import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.StackModule;
import java.lang.invoke.MethodHandles;

/// Contributes the interposer `trace`, which every device has the option of.
public final class PciTraceModule implements StackModule {
    /// For `ServiceLoader`.
    public PciTraceModule() {}

    @Override
    public String name() {
        return "pci-trace";
    }

    @Override
    public MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    @Override
    public void contribute(Contributions c) {
        c.plug(PciInterposer.POINT, "trace", TraceInterposer.SCHEMA, TraceInterposer.class);
    }
}
