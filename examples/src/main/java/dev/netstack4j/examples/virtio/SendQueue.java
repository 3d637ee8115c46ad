package dev.netstack4j.examples.virtio;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.Napi;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.DmaDirection;
import dev.netstack4j.api.hardware.DmaMapper;
import dev.netstack4j.api.runtime.Cpu;
import org.jspecify.annotations.Nullable;

/// Frames to send, each a chain of two descriptors: a header, the same zeros for all, and the packet, which lies in one
/// piece. `post` runs under the transmit lock, `reclaim` in the poll.
final class SendQueue {
    static final int QUEUE = 1;

    private final Virtqueue queue;
    private final DmaMapper dma;
    private final VirtioNetDriver.Services services;
    private final long header;
    private final @Nullable SkBuff[] packets;
    private final long[] mapped;
    private volatile int posted; // written by post
    private volatile int reclaimed; // written by reclaim
    long frames;
    long bytes;

    SendQueue(int size, DmaMapper dma, VirtioNetDriver.Services services) throws NetException {
        queue = new Virtqueue(dma, size);
        this.dma = dma;
        this.services = services;
        header = dma.allocCoherent(RxQueue.HEADER);
        if (header < 0) {
            queue.free();
            throw new NetException(Errno.ENOMEM, "allocate a header");
        }
        packets = new SkBuff[size / 2];
        mapped = new long[size / 2];
    }

    Virtqueue queue() {
        return queue;
    }

    boolean isFull() {
        return posted - reclaimed >= packets.length;
    }

    /// Posts a packet; there is room. The device hears of it when it is published and notified.
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void post(SkBuff skb, Cpu cpu) {
        int slot = posted % packets.length;
        int length = skb.length();
        long bus = dma.map(skb.dataAddress(), length, DmaDirection.TO_DEVICE);
        if (bus == DmaMapper.MAPPING_ERROR) {
            skb.drop(services.notSent(), cpu);
            return;
        }
        packets[slot] = skb;
        mapped[slot] = bus;
        queue.describe(2 * slot, header, RxQueue.HEADER, Virtqueue.NEXT, 2 * slot + 1);
        queue.describe(2 * slot + 1, bus, length, 0, 0);
        queue.offer(2 * slot);
        skb.handOver();
        posted++;
    }

    /// Frees what was sent. Network devices give chains back in the order in which they were offered.
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void reclaim(Napi napi, int budget, Cpu cpu) {
        while (queue.hasUsed()) {
            int slot = queue.usedHead() / 2;
            queue.takeUsed();
            SkBuff skb = takeOut(slot);
            frames++;
            bytes += skb.length();
            reclaimed++;
            napi.consumeSent(skb, budget, cpu);
        }
    }

    private SkBuff takeOut(int slot) {
        SkBuff skb = slot < 0 || slot >= packets.length ? null : packets[slot];
        if (skb == null) {
            throw new IllegalStateException("the device gave back send slot " + slot + ", which it did not have");
        }
        packets[slot] = null;
        dma.unmap(mapped[slot], skb.length(), DmaDirection.TO_DEVICE);
        return skb;
    }

    /// Frees all. The device was reset and nobody else runs here.
    void discard(Cpu cpu) {
        for (int i = 0; i < packets.length; i++) {
            if (packets[i] != null) {
                takeOut(i).drop(services.notSent(), cpu);
            }
        }
        dma.freeCoherent(header, RxQueue.HEADER);
        queue.free();
    }
}
