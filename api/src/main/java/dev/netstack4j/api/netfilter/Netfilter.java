package dev.netstack4j.api.netfilter;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.ProvidedByCore;
import dev.netstack4j.api.link.Registration;
import dev.netstack4j.api.runtime.Cpu;
import org.jspecify.annotations.Nullable;

/// The hooks of one stack.
@ProvidedByCore
public interface Netfilter {
    /// Shows a packet to the hooks and, if they accept it, goes on with `then`; takes the skb. Process or softirq
    /// context. With no hook at the point this is a direct call of `then`.
    ///
    /// @return what `then` returned; -EPERM after DROP; 0 after STOLEN and QUEUE
    @Linux("include/linux/netfilter.h#NF_HOOK")
    int hook(
            HookPoint point,
            AddressFamily family,
            SkBuff skb,
            @Nullable NetDevice in,
            @Nullable NetDevice out,
            Continuation then,
            Cpu cpu);

    /// Adds a hook; smaller priorities see packets first. Process context, holding no CPU.
    Registration add(HookPoint point, AddressFamily family, int priority, NetfilterHook hook, String owner);

    /// Sets who gets queued packets, or nobody with null. Process context.
    void queueHandler(@Nullable QueueHandler handler);

    /// Gets packets with the verdict QUEUE.
    @FunctionalInterface
    interface QueueHandler {
        /// Owns the packet through `queued` until it is released. Process or softirq context.
        void queued(QueuedPacket queued, Cpu cpu);
    }

    /// A packet that waits for a verdict.
    @ProvidedByCore
    interface QueuedPacket {
        /// The packet.
        SkBuff skb();

        /// Where it was stopped.
        HookPoint point();

        /// Releases it once: ACCEPT goes on with the hooks behind the one that queued it, DROP drops it. Process or
        /// softirq context.
        @Linux("net/netfilter/nf_queue.c#nf_reinject")
        void reinject(Verdict verdict, Cpu cpu);
    }
}
