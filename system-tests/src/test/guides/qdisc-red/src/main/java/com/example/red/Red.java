package com.example.red;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.qdisc.Qdisc;
import dev.netstack4j.api.qdisc.XmitResult;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.Cpu;

/// Random early detection: a queue that begins to drop before it is full, the more the longer it is on average.
/// Guarded by the qdisc's lock.
final class Red implements Qdisc {
    private static final long BUSY = -1;

    private final long limit;
    private final EarlyDrop early;
    private final Clock clock;
    private final RedReasons reasons;
    private final SkBuffQueue packets = new SkBuffQueue();
    private long bytes;
    private long emptySince = BUSY;

    Red(long limit, EarlyDrop early, Clock clock, RedReasons reasons) {
        this.limit = limit;
        this.early = early;
        this.clock = clock;
        this.reasons = reasons;
    }

    @Override
    public int enqueue(SkBuff skb, Cpu cpu) {
        if (emptySince != BUSY) {
            early.idle(clock.nanos() - emptySince);
            emptySince = BUSY;
        }
        if (early.drops(bytes)) {
            skb.drop(reasons.early, cpu);
            return XmitResult.DROP;
        }
        if (bytes + skb.length() > limit) {
            skb.drop(reasons.full, cpu);
            return XmitResult.DROP;
        }
        packets.addTail(skb);
        bytes += skb.length();
        return XmitResult.SUCCESS;
    }

    @Override
    public int dequeue(SkBuffQueue into, int maxPackets, int maxBytes, Cpu cpu) {
        int moved = 0;
        long movedBytes = 0;
        while (moved < maxPackets && movedBytes < maxBytes) {
            SkBuff skb = packets.poll();
            if (skb == null) {
                break;
            }
            moved++;
            movedBytes += skb.length();
            into.addTail(skb);
        }
        bytes -= movedBytes;
        if (packets.isEmpty() && emptySince == BUSY) {
            emptySince = clock.nanos();
        }
        return moved;
    }

    @Override
    public int length() {
        return packets.length();
    }

    @Override
    public long backlogBytes() {
        return bytes;
    }

    @Override
    public void reset(Cpu cpu) {
        packets.dropAll(reasons.reset, cpu);
        bytes = 0;
        emptySince = BUSY;
        early.reset();
    }

    @Override
    public String describe() {
        return "average " + early.average() + " bytes";
    }
}
