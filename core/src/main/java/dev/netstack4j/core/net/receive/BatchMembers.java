package dev.netstack4j.core.net.receive;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.core.net.failure.FailureSite;
import org.jspecify.annotations.Nullable;

/// Remembers which packets went up together, so that those that a failing handler had in its hands are not lost.
final class BatchMembers {
    static final int MOST = 64;

    private final @Nullable SkBuff[] skbs = new @Nullable SkBuff[MOST];
    private final int[] handovers = new int[MOST];
    private int count;

    /// Adds one that was just put into the list.
    void add(SkBuff skb) {
        skbs[count] = skb;
        handovers[count] = skb.handovers();
        count++;
    }

    boolean isFull() {
        return count == MOST;
    }

    void clear() {
        count = 0;
    }

    /// Drops those that the handler had taken from the list and given to nobody.
    void reclaim(FailureSite site, Cpu cpu) {
        for (int i = 0; i < count; i++) {
            site.reclaim(skbs[i], handovers[i], cpu);
        }
    }
}
