package dev.netstack4j.api.netfilter;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.ImplementedByExtensions;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;

/// Sees packets at a hook point; may change the packet it is given.
@ImplementedByExtensions
@Linux("include/linux/netfilter.h#nf_hookfn")
@FunctionalInterface
public interface NetfilterHook {
    /// Judges a packet: network header first, marks set. Process or softirq context on `cpu`. Never waits.
    Verdict judge(SkBuff skb, HookState state, Cpu cpu);
}
