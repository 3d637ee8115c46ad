package dev.netstack4j.api.buffer;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;

/// Whom an skb's memory is charged to. Told once, when the skb is freed or orphaned.
@Linux("include/linux/skbuff.h#skb_orphan")
@FunctionalInterface
public interface SkBuffOwner {
    /// Gives the charge back: `skb.charged()` bytes. Any context on `cpu`.
    void released(SkBuff skb, Cpu cpu);
}
