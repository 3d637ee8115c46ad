package dev.netstack4j.examples.virtio;

import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.Napi;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.DmaDirection;
import dev.netstack4j.api.hardware.DmaMapper;
import dev.netstack4j.api.runtime.Cpu;

/// Queue 1: frames to send, each in one piece behind a header. `post` runs under the transmit lock, `reclaim` in the
/// poll.
final class SendQueue extends Virtqueue {
    private final DropReason notSent;
    private volatile int posted; // written by post
    private volatile int reclaimed; // written by reclaim

    SendQueue(VirtioPci virtio, DmaMapper dma, PacketReasons reasons) throws NetException {
        super(virtio, 1, dma, DmaDirection.TO_DEVICE);
        notSent = reasons.drop("VIRTIO_NOT_SENT", "the device was stopped, or the packet could not be mapped");
    }

    boolean isFull() {
        return posted - reclaimed >= size;
    }

    /// Posts a packet; there is room. Packets come back in the order in which they were offered, so the next descriptor
    /// is free.
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void post(SkBuff skb, Cpu cpu) {
        boolean room = skb.headroom() >= HEADER || skb.makeHeadWritable(HEADER, cpu);
        if (room) {
            skb.put64(skb.push(HEADER), 0);
            skb.put32(skb.data() + 8, 0);
        }
        if (!room || !offer(posted & size - 1, skb, skb.length())) {
            skb.drop(notSent, cpu);
            return;
        }
        skb.handOver();
        posted++;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void reclaim(Napi napi, int budget, Cpu cpu) {
        while (hasUsed()) {
            SkBuff skb = takeUsed();
            skb.pull(HEADER);
            frames++;
            bytes += skb.length();
            reclaimed++;
            napi.consumeSent(skb, budget, cpu);
        }
    }

    void drain(Cpu cpu) {
        forget(skb -> skb.drop(notSent, cpu));
        posted = 0;
        reclaimed = 0;
    }
}
