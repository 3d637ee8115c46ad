package dev.netstack4j.core.stack;

import dev.netstack4j.api.buffer.PhysicalMemory;
import dev.netstack4j.api.device.LinkContext;
import dev.netstack4j.api.hardware.IrqLine;
import dev.netstack4j.core.runtime.HostRuntime;

/// What a device gets that sits on no bus.
record HostLink(HostRuntime host, HostMemory hostMemory, String stackName) implements LinkContext {
    @Override
    public PhysicalMemory memory() {
        return hostMemory.physical();
    }

    @Override
    public IrqLine newIrq(String name) {
        return host.newIrq(name);
    }
}
