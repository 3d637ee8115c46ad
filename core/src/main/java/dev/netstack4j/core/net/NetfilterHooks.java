package dev.netstack4j.core.net;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.link.Registration;
import dev.netstack4j.api.netfilter.Continuation;
import dev.netstack4j.api.netfilter.HookPoint;
import dev.netstack4j.api.netfilter.Netfilter;
import dev.netstack4j.api.netfilter.NetfilterHook;
import dev.netstack4j.api.runtime.ControlLock;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.core.net.failure.HandlerFailures;
import dev.netstack4j.core.net.netfilter.HookChains;
import dev.netstack4j.core.net.netfilter.HookEntry;
import dev.netstack4j.core.net.netfilter.HookWalk;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// The hooks of one stack.
@Singleton
public final class NetfilterHooks implements Netfilter {
    private final HookChains chains;
    private final HookWalk walk;
    private final HandlerFailures failures;
    private final ControlLock control;
    private final Cpus cpus;

    /// Injected.
    @Inject
    public NetfilterHooks(HookChains chains, HookWalk walk, HandlerFailures failures, ControlLock control, Cpus cpus) {
        this.chains = chains;
        this.walk = walk;
        this.failures = failures;
        this.control = control;
        this.cpus = cpus;
    }

    @Override
    public int hook(
            HookPoint point,
            AddressFamily family,
            SkBuff skb,
            @Nullable NetDevice in,
            @Nullable NetDevice out,
            Continuation then,
            Cpu cpu) {
        HookEntry[] chain = chains.at(family, point);
        return chain == null ? then.resume(skb, cpu) : walk.run(chain, 0, skb, point, family, in, out, then, cpu);
    }

    @Override
    public Registration add(HookPoint point, AddressFamily family, int priority, NetfilterHook hook, String owner) {
        HookEntry entry = new HookEntry(priority, hook, failures.of(owner));
        control.lock();
        try {
            chains.add(family, point, entry);
        } finally {
            control.unlock();
        }
        return () -> remove(point, family, entry);
    }

    private void remove(HookPoint point, AddressFamily family, HookEntry entry) {
        entry.remove();
        control.lock();
        try {
            chains.remove(family, point, entry);
        } finally {
            control.unlock();
        }
        cpus.synchronizeNet();
    }

    @Override
    public void queueHandler(@Nullable QueueHandler handler) {
        walk.queueHandler(handler);
    }
}
