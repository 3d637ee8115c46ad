package dev.netstack4j.api.device;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.ProvidedByCore;
import dev.netstack4j.api.runtime.Cpu;

/// Frees packets that a device has sent, from any context.
@ProvidedByCore
public interface SentPackets {
    /// Puts a sent packet on the CPU's completion queue; NET_TX frees it. For hardirq context, where freeing is not
    /// allowed.
    @Linux("net/core/dev.c#dev_consume_skb_irq")
    void consumeFromIrq(SkBuff skb, Cpu cpu);

    /// Frees a sent packet now. Softirq or process context.
    void consume(SkBuff skb, Cpu cpu);
}
