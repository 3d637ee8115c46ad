package dev.netstack4j.examples.virtio;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.DmaDirection;
import dev.netstack4j.api.hardware.DmaMapper;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A queue that keeps with the head of each chain the packet that its data lie in, mapped while the device has it.
class PacketQueue extends Virtqueue {
    private final DmaMapper dma;
    private final DmaDirection direction;
    private final @Nullable SkBuff[] packets;
    private final long[] mapped;
    private final int[] lengths;
    long frames;
    long bytes;

    PacketQueue(VirtioPci virtio, int number, DmaMapper dma, DmaDirection direction) throws NetException {
        super(virtio, number, dma);
        this.dma = dma;
        this.direction = direction;
        packets = new SkBuff[size()];
        mapped = new long[size()];
        lengths = new int[size()];
    }

    boolean isHeld(int head) {
        return packets[head] != null;
    }

    /// Keeps a packet with a head.
    ///
    /// @return where the device finds its first `length` bytes, or [DmaMapper#MAPPING_ERROR]: it was not kept
    long hold(int head, SkBuff skb, int length) {
        long bus = dma.map(skb.dataAddress(), length, direction);
        if (bus != DmaMapper.MAPPING_ERROR) {
            packets[head] = skb;
            mapped[head] = bus;
            lengths[head] = length;
        }
        return bus;
    }

    /// The packet of the next chain that came back.
    SkBuff takeUsed() {
        return release(takeHead());
    }

    private SkBuff release(int head) {
        SkBuff skb = packets[head];
        if (skb == null) {
            throw new IllegalStateException("the device gave back chain " + head + ", which it did not have");
        }
        packets[head] = null;
        dma.unmap(mapped[head], lengths[head], direction);
        return skb;
    }

    void count(SkBuff skb) {
        frames++;
        bytes += skb.length();
    }

    /// Ends all packets that a device, which was reset, has not given back.
    void forget(Consumer<SkBuff> end) {
        for (int head = 0; head < size(); head++) {
            if (isHeld(head)) {
                end.accept(release(head));
            }
        }
        restart();
    }
}
