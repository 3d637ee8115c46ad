package dev.netstack4j.api.netfilter;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;

/// How a packet goes on when all hooks accepted it.
@Linux("include/linux/netfilter.h#NF_HOOK")
@FunctionalInterface
public interface Continuation {
    /// Takes the skb. Process or softirq context.
    ///
    /// @return 0 or a negative error, or a result of the device queue
    int resume(SkBuff skb, Cpu cpu);
}
