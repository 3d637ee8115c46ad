package dev.netstack4j.core.net.netfilter;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.netfilter.Continuation;
import dev.netstack4j.api.netfilter.HookPoint;
import dev.netstack4j.api.netfilter.Netfilter.QueuedPacket;
import dev.netstack4j.api.netfilter.Verdict;
import dev.netstack4j.api.runtime.Cpu;
import org.jspecify.annotations.Nullable;

/// A packet that waits for a verdict, with the hooks that it met and how it goes on.
final class WaitingPacket implements QueuedPacket {
    private final HookWalk walk;
    private final HookEntry[] chain;
    private final int at;
    private final SkBuff skb;
    private final HookPoint point;
    private final AddressFamily family;
    private final @Nullable NetDevice in;
    private final @Nullable NetDevice out;
    private final Continuation then;
    private boolean released;

    /// @param at place in the chain of the hook that queued it
    WaitingPacket(HookWalk walk, HookEntry[] chain, int at, SkBuff skb, HookPlace place, Continuation then) {
        this.walk = walk;
        this.chain = chain;
        this.at = at;
        this.skb = skb;
        this.point = place.point();
        this.family = place.family();
        this.in = place.in();
        this.out = place.out();
        this.then = then;
    }

    @Override
    public SkBuff skb() {
        return skb;
    }

    @Override
    public HookPoint point() {
        return point;
    }

    @Override
    public void reinject(Verdict verdict, Cpu cpu) {
        if (released) {
            throw new IllegalStateException("this packet has got its verdict before");
        }
        released = true;
        switch (verdict) {
            case ACCEPT -> goOn(at + 1, cpu);
            case REPEAT -> goOn(at, cpu);
            case DROP -> walk.drop(skb, cpu);
            case QUEUE -> walk.queue(new WaitingPacket(walk, chain, at, skb, place(), then), cpu);
            case STOLEN -> {}
        }
    }

    private HookPlace place() {
        return new HookPlace().set(point, family, in, out);
    }

    private void goOn(int from, Cpu cpu) {
        walk.run(chain, from, skb, point, family, in, out, then, cpu);
    }
}
