package dev.netstack4j.core.net.offload;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.protocol.PacketOffload.GroResult;
import dev.netstack4j.api.runtime.Cpu;
import org.jspecify.annotations.Nullable;

/// Merges the packets of one poll. A packet that may grow is held: it stands in the batch at its place, and its flow is
/// remembered here, so that packets of a flow, and those of others, keep their order. Owned by whoever polls.
@Linux("net/core/gro.c#dev_gro_receive")
public final class GroTable {
    private static final int MOST_HELD = 8;

    private final OffloadTable offloads;
    private final @Nullable SkBuff[] held = new @Nullable SkBuff[MOST_HELD];
    private final @Nullable OffloadEntry[] entries = new @Nullable OffloadEntry[MOST_HELD];
    private final int[] flows = new int[MOST_HELD];
    private int count;

    /// Holds nothing.
    public GroTable(OffloadTable offloads) {
        this.offloads = offloads;
    }

    /// Merges a received packet into one that is held, or puts it at the end of `batch`; takes the skb. Softirq
    /// context.
    public void receive(SkBuff skb, SkBuffQueue batch, Cpu cpu) {
        OffloadEntry entry = skb.gsoSize() == 0 && !skb.isCloned() ? offloads.find(skb.protocol()) : null;
        if (entry == null) {
            batch.addTail(skb);
            return;
        }
        skb.resetNetworkHeader();
        int flow = entry.flow(skb, cpu);
        if (flow == 0) {
            batch.addTail(skb);
        } else {
            receive(entry, flow, skb, batch, cpu);
        }
    }

    private void receive(OffloadEntry entry, int flow, SkBuff skb, SkBuffQueue batch, Cpu cpu) {
        for (int i = 0; i < count; i++) {
            SkBuff before = held[i];
            if (before != null && flows[i] == flow && isAlike(before, skb)) {
                GroResult result = entry.receive(before, skb, cpu);
                if (result == null) {
                    return;
                }
                if (result != GroResult.OTHER) {
                    apply(result, i, skb, batch, cpu);
                    return;
                }
            }
        }
        GroResult result = entry.receive(null, skb, cpu);
        if (result == null) {
            return;
        }
        batch.addTail(skb);
        if (result == GroResult.HOLD) {
            hold(entry, flow, skb, cpu);
        }
    }

    /// What no protocol looks at.
    private static boolean isAlike(SkBuff a, SkBuff b) {
        return a.dev() == b.dev()
                && a.kind() == b.kind()
                && a.vlanPresent() == b.vlanPresent()
                && a.vlanTci() == b.vlanTci();
    }

    private void apply(GroResult result, int i, SkBuff skb, SkBuffQueue batch, Cpu cpu) {
        switch (result) {
            case MERGED_LAST -> finish(i, cpu);
            case HOLD -> {
                complete(i, cpu);
                batch.addTail(skb);
                held[i] = skb;
            }
            case PASS -> {
                finish(i, cpu);
                batch.addTail(skb);
            }
            case MERGED, OTHER -> {}
        }
    }

    /// With too many flows at once the oldest grows no more.
    private void hold(OffloadEntry entry, int flow, SkBuff skb, Cpu cpu) {
        if (count == MOST_HELD) {
            finish(0, cpu);
        }
        held[count] = skb;
        entries[count] = entry;
        flows[count] = flow;
        count++;
    }

    private void complete(int i, Cpu cpu) {
        SkBuff skb = held[i];
        OffloadEntry entry = entries[i];
        if (skb != null && entry != null && skb.gsoSegments() > 1) {
            entry.complete(skb, cpu);
        }
    }

    private void finish(int i, Cpu cpu) {
        complete(i, cpu);
        count--;
        for (int j = i; j < count; j++) {
            held[j] = held[j + 1];
            entries[j] = entries[j + 1];
            flows[j] = flows[j + 1];
        }
        held[count] = null;
    }

    /// Ends all merging: the batch goes up now.
    @Linux("net/core/gro.c#napi_gro_flush")
    public void flush(Cpu cpu) {
        for (int i = 0; i < count; i++) {
            complete(i, cpu);
            held[i] = null;
        }
        count = 0;
    }
}
