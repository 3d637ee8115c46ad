package dev.netstack4j.core.stack;

import dev.netstack4j.api.buffer.PhysicalMemory;
import dev.netstack4j.api.hardware.BusContext;
import dev.netstack4j.api.hardware.IrqLine;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.Engines;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.core.runtime.HostRuntime;
import java.nio.file.Path;
import java.util.Optional;

/// What a bus gets.
record HostBus(HostRuntime host, HostMemory hostMemory, String stackName) implements BusContext {
    @Override
    public PhysicalMemory memory() {
        return hostMemory.physical();
    }

    @Override
    public Optional<Path> memoryFile() {
        return hostMemory.file();
    }

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
