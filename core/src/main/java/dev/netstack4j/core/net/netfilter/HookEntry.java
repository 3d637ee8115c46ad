package dev.netstack4j.core.net.netfilter;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.netfilter.HookState;
import dev.netstack4j.api.netfilter.NetfilterHook;
import dev.netstack4j.api.netfilter.Verdict;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.core.net.failure.FailureSite;
import org.jspecify.annotations.Nullable;

/// One hook at one point.
public final class HookEntry {
    private final int priority;
    private final NetfilterHook hook;
    private final FailureSite site;
    private volatile boolean removed;

    /// @param site around the hook's code
    public HookEntry(int priority, NetfilterHook hook, FailureSite site) {
        this.priority = priority;
        this.hook = hook;
        this.site = site;
    }

    int priority() {
        return priority;
    }

    /// Whether it was taken out; a packet that waited meanwhile passes it by.
    boolean isRemoved() {
        return removed;
    }

    /// Takes it out of every packet's way.
    public void remove() {
        removed = true;
    }

    /// Asks the hook; null when it threw, and the packet is gone.
    @Nullable
    Verdict judge(SkBuff skb, HookState state, Cpu cpu) {
        int handovers = skb.handovers();
        try {
            return hook.judge(skb, state, cpu);
        } catch (Throwable t) {
            site.failedWith(skb, handovers, "hook " + state.point(), t, cpu);
            return null;
        }
    }
}
