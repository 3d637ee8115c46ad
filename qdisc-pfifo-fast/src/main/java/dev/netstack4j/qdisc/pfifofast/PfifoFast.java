package dev.netstack4j.qdisc.pfifofast;

import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.qdisc.Qdisc;
import dev.netstack4j.api.qdisc.XmitResult;
import dev.netstack4j.api.runtime.Cpu;

/// Three bands in strict order: a packet leaves only when no lower-numbered band holds one. Each band keeps as many
/// packets as the device's transmit queue is long; a packet that finds its band full is dropped. Guarded by the qdisc's
/// lock.
@Linux("net/sched/sch_generic.c#pfifo_fast_ops")
final class PfifoFast implements Qdisc {
    static final int BANDS = 3;

    private final int bandLength;
    private final DropReason full;
    private final DropReason reset;
    private final SkBuffQueue[] bands = {new SkBuffQueue(), new SkBuffQueue(), new SkBuffQueue()};
    private int length;
    private long bytes;

    /// @param bandLength most packets of one band
    PfifoFast(int bandLength, DropReason full, DropReason reset) {
        this.bandLength = bandLength;
        this.full = full;
        this.reset = reset;
    }

    @Override
    public int enqueue(SkBuff skb, Cpu cpu) {
        SkBuffQueue band = bands[PriorityMap.bandOf(skb.priority())];
        if (band.length() >= bandLength) {
            skb.drop(full, cpu);
            return XmitResult.DROP;
        }
        band.addTail(skb);
        length++;
        bytes += skb.length();
        return XmitResult.SUCCESS;
    }

    @Override
    public int dequeue(SkBuffQueue into, int maxPackets, int maxBytes, Cpu cpu) {
        int packets = 0;
        long moved = 0;
        for (SkBuffQueue band : bands) {
            while (packets < maxPackets && moved < maxBytes) {
                SkBuff skb = band.poll();
                if (skb == null) {
                    break;
                }
                moved += skb.length();
                into.addTail(skb);
                packets++;
            }
        }
        length -= packets;
        bytes -= moved;
        return packets;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public long backlogBytes() {
        return bytes;
    }

    @Override
    public void reset(Cpu cpu) {
        for (SkBuffQueue band : bands) {
            band.dropAll(reset, cpu);
        }
        length = 0;
        bytes = 0;
    }

    @Override
    public boolean canBypass() {
        return true;
    }

    @Override
    public String describe() {
        return "bands " + BANDS + " of " + bandLength + " packets, holding " + bands[0].length() + " "
                + bands[1].length() + " " + bands[2].length();
    }
}
