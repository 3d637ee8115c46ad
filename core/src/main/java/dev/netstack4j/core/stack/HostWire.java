package dev.netstack4j.core.stack;

import dev.netstack4j.api.hardware.WireContext;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.Engines;
import dev.netstack4j.api.runtime.RandomStreams;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.core.runtime.HostRuntime;

/// What a wire gets.
record HostWire(HostRuntime host, String stackName) implements WireContext {
    @Override
    public StackRuntime runtime() {
        return host.runtime();
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

    @Override
    public RandomStreams random() {
        return host.random();
    }

    @Override
    public Cpus cpus() {
        return host.cpus();
    }
}
