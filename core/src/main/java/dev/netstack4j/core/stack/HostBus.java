package dev.netstack4j.core.stack;

import dev.netstack4j.api.buffer.PhysicalMemory;
import dev.netstack4j.api.hardware.BusContext;
import dev.netstack4j.api.hardware.IrqLine;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.Engines;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.core.runtime.HostRuntime;

/// What a bus gets.
record HostBus(HostRuntime host, PhysicalMemory memory, String stackName) implements BusContext {
    @Override
    public IrqLine newIrq(String name) {
        return host.newIrq(name);
    }

    @Override
    public Engines engines() {
        return host.engines();
    }

    @Override
    public Clock clock() {
        return host.clock();
    }

    @Override
    public Sync sync() {
        return host.sync();
    }
}
