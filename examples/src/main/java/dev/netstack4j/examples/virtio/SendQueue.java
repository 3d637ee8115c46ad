package dev.netstack4j.examples.virtio;

import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.Napi;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.DmaDirection;
import dev.netstack4j.api.hardware.DmaMapper;
import dev.netstack4j.api.runtime.Cpu;

/// Queue 1: frames to send, each a chain of two descriptors: a header, the same zeros for all, and the packet, which
/// lies in one piece. `post` runs under the transmit lock, `reclaim` in the poll.
final class SendQueue extends PacketQueue {
    private final DropReason notSent;
    private volatile int posted; // written by post
    private volatile int reclaimed; // written by reclaim

    SendQueue(VirtioPci virtio, DmaMapper dma, PacketReasons reasons) throws NetException {
        super(virtio, 1, dma, DmaDirection.TO_DEVICE);
        notSent = reasons.drop("VIRTIO_NOT_SENT", "the device was stopped, or the packet could not be mapped");
    }

    boolean isFull() {
        return posted - reclaimed >= size() / 2;
    }

    /// Posts a packet; there is room. Chains come back in the order in which they were offered, so the next is free.
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void post(SkBuff skb, Cpu cpu) {
        int head = posted * 2 & size() - 1;
        long bus = hold(head, skb, skb.length());
        if (bus == DmaMapper.MAPPING_ERROR) {
            skb.drop(notSent, cpu);
            return;
        }
        describe(head, spare(), RxQueue.HEADER, NEXT, head + 1);
        describe(head + 1, bus, skb.length(), 0, 0);
        offer(head);
        skb.handOver();
        posted++;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void reclaim(Napi napi, int budget, Cpu cpu) {
        while (hasUsed()) {
            SkBuff skb = takeUsed();
            count(skb);
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
