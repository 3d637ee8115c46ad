package dev.netstack4j.core.net.transmit;

import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.device.DeviceConfig;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.qdisc.Qdisc;
import dev.netstack4j.api.qdisc.XmitResult;
import dev.netstack4j.api.runtime.Cpu;

/// First come first served, as many packets as the device's transmit queue is long. What devices get when no module
/// brings a better default.
@Linux("net/sched/sch_fifo.c#pfifo_qdisc_ops")
final class FifoQdisc implements Qdisc {
    private final DeviceConfig config;
    private final DropReason full;
    private final SkBuffQueue packets = new SkBuffQueue();
    private long bytes;

    FifoQdisc(DeviceConfig config, DropReason full) {
        this.config = config;
        this.full = full;
    }

    @Override
    public int enqueue(SkBuff skb, Cpu cpu) {
        if (packets.length() >= config.txQueueLength()) {
            skb.drop(full, cpu);
            return XmitResult.DROP;
        }
        bytes += skb.length();
        packets.addTail(skb);
        return XmitResult.SUCCESS;
    }

    @Override
    public int dequeue(SkBuffQueue into, int maxPackets, int maxBytes, Cpu cpu) {
        int moved = 0;
        long movedBytes = 0;
        for (SkBuff skb = packets.peek();
                skb != null && moved < maxPackets && movedBytes < maxBytes;
                skb = packets.peek()) {
            packets.unlink(skb);
            into.addTail(skb);
            moved++;
            movedBytes += skb.length();
        }
        bytes -= movedBytes;
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
        packets.dropAll(full, cpu);
        bytes = 0;
    }

    @Override
    public boolean canBypass() {
        return true;
    }
}
