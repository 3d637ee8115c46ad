package dev.netstack4j.examples.virtio;

import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.device.Napi;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.DmaDirection;
import dev.netstack4j.api.hardware.DmaMapper;
import dev.netstack4j.api.link.EthernetHeader;
import dev.netstack4j.api.runtime.Cpu;

/// Queue 0: empty packets are offered; the device writes a header and a frame into each. Owned by the poll.
final class RxQueue extends Virtqueue {
    private static final int BUFFER = 2048;

    private final SkBuffPool pool;
    private final DropReason bad;
    private final ConsumeReason unused;

    RxQueue(VirtioPci virtio, DmaMapper dma, SkBuffPool pool, PacketReasons reasons) throws NetException {
        super(virtio, 0, dma, DmaDirection.FROM_DEVICE);
        this.pool = pool;
        bad = reasons.drop("VIRTIO_RX_BAD", "a received frame has an impossible length");
        unused = reasons.consume("VIRTIO_RX_UNUSED", "a receive buffer was not needed any more");
    }

    /// Offers an empty packet with every descriptor that has none.
    void refill(Cpu cpu) {
        boolean enough = true;
        for (int index = 0; index < size && enough; index++) {
            enough = isHeld(index) || offerEmpty(index, cpu);
        }
        ringDoorbell();
    }

    private boolean offerEmpty(int index, Cpu cpu) {
        SkBuff skb = pool.allocRx(BUFFER, cpu);
        if (skb != null && !offer(index, skb, BUFFER)) {
            skb.consume(unused, cpu);
            return false;
        }
        return skb != null;
    }

    /// Hands up at most `budget` frames.
    int receive(int budget, NetDevice device, Napi napi, Cpu cpu) {
        wantMessages(false);
        int n = 0;
        for (; n < budget && hasUsed(); n++) {
            SkBuff skb = takeUsed();
            if (written < HEADER + EthernetHeader.LENGTH || written > BUFFER) {
                skb.drop(bad, cpu);
                continue;
            }
            skb.put(written);
            skb.pull(HEADER);
            frames++;
            bytes += skb.length();
            EthernetHeader.typeTrans(skb, device);
            napi.receive(skb, cpu);
        }
        return n;
    }

    void drain(Cpu cpu) {
        forget(skb -> skb.consume(unused, cpu));
    }
}
