package dev.netstack4j.examples.virtio;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.Napi;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.DmaDirection;
import dev.netstack4j.api.hardware.DmaMapper;
import dev.netstack4j.api.link.EthernetHeader;
import dev.netstack4j.api.runtime.Cpu;
import org.jspecify.annotations.Nullable;

/// Received frames: empty packets are offered to the device, which writes a header of its own and a frame into each.
/// Owned by the poll.
final class RxQueue {
    /// The header of virtio-net before each frame; it tells of offloads, of which none was agreed on.
    static final int HEADER = 12;

    static final int QUEUE = 0;
    private static final int BUFFER = 2048;

    private final Virtqueue queue;
    private final DmaMapper dma;
    private final VirtioNetDriver.Services services;
    private final @Nullable SkBuff[] packets;
    private final long[] mapped;
    private int missing;
    long frames;
    long bytes;

    RxQueue(int size, DmaMapper dma, VirtioNetDriver.Services services) throws NetException {
        queue = new Virtqueue(dma, size);
        this.dma = dma;
        this.services = services;
        packets = new SkBuff[size];
        mapped = new long[size];
        missing = size;
    }

    Virtqueue queue() {
        return queue;
    }

    /// Offers an empty packet in every slot that has none.
    ///
    /// @return whether the device has something new
    boolean refill(Cpu cpu) {
        int before = missing;
        for (int i = 0; i < packets.length && missing > 0; i++) {
            if (packets[i] == null && !offer(i, cpu)) {
                break;
            }
        }
        if (missing != before) {
            queue.publish();
        }
        return missing != before;
    }

    private boolean offer(int slot, Cpu cpu) {
        SkBuff skb = services.pool().allocRx(BUFFER, cpu);
        if (skb == null) {
            return false;
        }
        long bus = dma.map(skb.dataAddress(), BUFFER, DmaDirection.FROM_DEVICE);
        if (bus == DmaMapper.MAPPING_ERROR) {
            skb.drop(services.notSent(), cpu);
            return false;
        }
        packets[slot] = skb;
        mapped[slot] = bus;
        queue.describe(slot, bus, BUFFER, Virtqueue.DEVICE_WRITES, 0);
        queue.offer(slot);
        missing--;
        return true;
    }

    /// Hands up at most `budget` frames.
    ///
    /// @return frames taken, good or bad
    int receive(int budget, NetDevice device, Napi napi, Cpu cpu) {
        int n = 0;
        for (; n < budget && queue.hasUsed(); n++) {
            int slot = queue.usedHead();
            int length = queue.usedBytes();
            queue.takeUsed();
            SkBuff skb = takeOut(slot);
            if (length < HEADER + EthernetHeader.LENGTH || length > BUFFER) {
                skb.drop(services.bad(), cpu);
                continue;
            }
            skb.put(length);
            skb.pull(HEADER);
            frames++;
            bytes += skb.length();
            EthernetHeader.typeTrans(skb, device);
            napi.receive(skb, cpu);
        }
        return n;
    }

    private SkBuff takeOut(int slot) {
        SkBuff skb = slot < 0 || slot >= packets.length ? null : packets[slot];
        if (skb == null) {
            throw new IllegalStateException("the device gave back receive slot " + slot + ", which it did not have");
        }
        packets[slot] = null;
        dma.unmap(mapped[slot], BUFFER, DmaDirection.FROM_DEVICE);
        missing++;
        return skb;
    }

    /// Frees all. The device was reset and no poll runs.
    void discard(Cpu cpu) {
        for (int i = 0; i < packets.length; i++) {
            if (packets[i] != null) {
                takeOut(i).consume(services.unused(), cpu);
            }
        }
        queue.free();
    }
}
