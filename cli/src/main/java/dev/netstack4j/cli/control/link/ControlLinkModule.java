package dev.netstack4j.cli.control.link;

import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.StackModule;
import java.lang.invoke.MethodHandles;

/// Brings [ControlLinks] into a stack. Added by the command, never discovered.
public final class ControlLinkModule implements StackModule {
    /// The part of the command that joins a stack.
    public ControlLinkModule() {}

    @Override
    public String name() {
        return "cli";
    }

    @Override
    public MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    @Override
    public void contribute(Contributions c) {
        c.service(ControlLinks.class, ControlLinks.class);
    }
}
