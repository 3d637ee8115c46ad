package dev.netstack4j.core.net.offload;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.protocol.PacketOffload;
import dev.netstack4j.api.protocol.PacketOffload.GroResult;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.core.net.failure.FailureSite;
import org.jspecify.annotations.Nullable;

/// One EtherType's offload, called so that its failures stay its own.
record OffloadEntry(int etherType, PacketOffload offload, FailureSite site) {
    int flow(SkBuff skb, Cpu cpu) {
        try {
            return offload.groFlow(skb, cpu);
        } catch (Throwable t) {
            site.failed("groFlow", t, cpu);
            return 0;
        }
    }

    /// Merges if possible.
    ///
    /// @return the result; null: it failed, and `skb` is gone
    @Nullable
    GroResult receive(@Nullable SkBuff held, SkBuff skb, Cpu cpu) {
        int handovers = skb.handovers();
        try {
            return offload.groReceive(held, skb, cpu);
        } catch (Throwable t) {
            site.failedWith(skb, handovers, "groReceive", t, cpu);
            return null;
        }
    }

    void complete(SkBuff skb, Cpu cpu) {
        try {
            offload.groComplete(skb, cpu);
        } catch (Throwable t) {
            site.failed("groComplete", t, cpu);
        }
    }

    boolean segment(SkBuff skb, boolean share, SkBuffQueue into, Cpu cpu) {
        try {
            return offload.gsoSegment(skb, share, into, cpu);
        } catch (Throwable t) {
            site.failed("gsoSegment", t, cpu);
            return false;
        }
    }
}
