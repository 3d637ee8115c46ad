package dev.netstack4j.core.net.netfilter;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.netfilter.Continuation;
import dev.netstack4j.api.netfilter.HookPoint;
import dev.netstack4j.api.netfilter.Netfilter.QueueHandler;
import dev.netstack4j.api.netfilter.Verdict;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.core.net.failure.FailureSite;
import dev.netstack4j.core.net.failure.HandlerFailures;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// Takes a packet past the hooks of a point and on.
@Singleton
@Linux("net/netfilter/core.c#nf_hook_slow")
public final class HookWalk {
    /// How often one hook may ask to see a packet again.
    private static final int MOST_REPEATS = 32;
    private static final int CONTINUE = Integer.MIN_VALUE;

    private final HookPlaces[] places; // by CPU
    private final HandlerFailures failures;
    private final DropReason dropped;
    private final DropReason unqueued;
    private volatile @Nullable Queue queue;

    /// Injected.
    @Inject
    public HookWalk(Cpus cpus, HandlerFailures failures, PacketReasons reasons) {
        this.failures = failures;
        places = new HookPlaces[cpus.count()];
        for (int i = 0; i < places.length; i++) {
            places[i] = new HookPlaces();
        }
        dropped = reasons.drop("NETFILTER_DROP", "a hook dropped it");
        unqueued = reasons.drop("NETFILTER_NO_QUEUE", "a hook queued it, and nobody takes queued packets");
    }

    private record Queue(QueueHandler handler, FailureSite site) {}

    /// Sets who gets queued packets.
    public void queueHandler(@Nullable QueueHandler handler) {
        queue = handler == null ? null : new Queue(handler, failures.ofObject(handler));
    }

    /// Shows a packet to the hooks from place `from` on; takes the skb.
    ///
    /// @return as [dev.netstack4j.api.netfilter.Netfilter#hook]
    public int run(
            HookEntry[] chain,
            int from,
            SkBuff skb,
            HookPoint point,
            AddressFamily family,
            @Nullable NetDevice in,
            @Nullable NetDevice out,
            Continuation then,
            Cpu cpu) {
        HookPlaces mine = places[cpu.id()];
        HookPlace place = mine.push().set(point, family, in, out);
        int result = judgeAll(chain, from, skb, place, then, cpu);
        mine.pop();
        return result == CONTINUE ? then.resume(skb, cpu) : result;
    }

    private int judgeAll(HookEntry[] chain, int from, SkBuff skb, HookPlace place, Continuation then, Cpu cpu) {
        int repeats = 0;
        for (int at = from; at < chain.length; ) {
            HookEntry entry = chain[at];
            Verdict verdict = entry.isRemoved() ? Verdict.ACCEPT : entry.judge(skb, place, cpu);
            if (verdict == Verdict.REPEAT && ++repeats < MOST_REPEATS) {
                continue;
            }
            if (verdict != Verdict.ACCEPT) {
                return end(verdict, chain, at, skb, place, then, cpu);
            }
            at++;
        }
        return CONTINUE;
    }

    private int end(
            @Nullable Verdict verdict,
            HookEntry[] chain,
            int at,
            SkBuff skb,
            HookPlace place,
            Continuation then,
            Cpu cpu) {
        if (verdict == Verdict.STOLEN) {
            return 0;
        }
        if (verdict == Verdict.QUEUE) {
            queue(new WaitingPacket(this, chain, at, skb, place, then), cpu);
            return 0;
        }
        if (verdict != null) {
            drop(skb, cpu);
        }
        return Errno.EPERM.negative();
    }

    void drop(SkBuff skb, Cpu cpu) {
        skb.drop(dropped, cpu);
    }

    @Linux("net/netfilter/nf_queue.c#nf_queue")
    void queue(WaitingPacket packet, Cpu cpu) {
        Queue q = queue;
        if (q == null) {
            packet.skb().drop(unqueued, cpu);
            return;
        }
        int handovers = packet.skb().handovers();
        try {
            q.handler().queued(packet, cpu);
        } catch (Throwable t) {
            q.site().failedWith(packet.skb(), handovers, "queue handler", t, cpu);
        }
    }
}
