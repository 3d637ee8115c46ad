package dev.netstack4j.core.net;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.link.Registration;
import dev.netstack4j.api.netfilter.Continuation;
import dev.netstack4j.api.netfilter.HookPoint;
import dev.netstack4j.api.netfilter.Netfilter;
import dev.netstack4j.api.netfilter.NetfilterHook;
import dev.netstack4j.api.runtime.Cpu;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// The hooks of one stack.
@Singleton
public final class NetfilterHooks implements Netfilter {
    @Inject
    public NetfilterHooks() {}

    @Override
    public int hook(
            HookPoint point,
            AddressFamily family,
            SkBuff skb,
            @Nullable NetDevice in,
            @Nullable NetDevice out,
            Continuation then,
            Cpu cpu) {
        throw new UnsupportedOperationException("being written");
    }

    @Override
    public Registration add(HookPoint point, AddressFamily family, int priority, NetfilterHook hook, String owner) {
        throw new UnsupportedOperationException("being written");
    }

    @Override
    public void queueHandler(@Nullable QueueHandler handler) {
        throw new UnsupportedOperationException("being written");
    }
}
