package dev.netstack4j.core.stack;

import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.runtime.VirtualRuntime;
import dev.netstack4j.api.stack.StackBuilder;
import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.core.runtime.RuntimeCore;

/// The way into core, found by `ServiceLoader`.
public final class CoreStackFactory implements StackFactory {
    /// For `ServiceLoader`.
    public CoreStackFactory() {}

    @Override
    public StackBuilder builder() {
        return new StackAssembler();
    }

    @Override
    public StackRuntime realTime() {
        return RuntimeCore.realTime();
    }

    @Override
    public VirtualRuntime virtualTime(long seed) {
        return RuntimeCore.virtualTime(seed);
    }
}
