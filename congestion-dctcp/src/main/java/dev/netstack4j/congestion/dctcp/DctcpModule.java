package dev.netstack4j.congestion.dctcp;

import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.StackModule;
import java.lang.invoke.MethodHandles;

/// Contributes the congestion control `dctcp`.
public final class DctcpModule implements StackModule {
    /// Called by the service loader.
    public DctcpModule() {}

    @Override
    public String name() {
        return "congestion-dctcp";
    }

    @Override
    public MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    @Override
    public void contribute(Contributions c) {
        c.congestionControl("dctcp", DctcpOps.class);
    }
}
