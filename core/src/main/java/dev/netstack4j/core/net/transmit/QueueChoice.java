package dev.netstack4j.core.net.transmit;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.core.net.device.Device;
import dev.netstack4j.core.net.device.DeviceTxQueue;
import dev.netstack4j.core.net.steering.FlowHash;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// Which transmit queue a packet takes: the driver's choice, or one that stays the same for a flow.
@Singleton
@Linux("net/core/dev.c#netdev_core_pick_tx")
public final class QueueChoice {
    private final FlowHash flowHash;

    /// Injected.
    @Inject
    public QueueChoice(FlowHash flowHash) {
        this.flowHash = flowHash;
    }

    /// Chooses, and notes the choice in the packet.
    DeviceTxQueue choose(Device device, SkBuff skb, Cpu cpu) {
        int count = device.config().txQueues();
        int chosen = count == 1 ? 0 : among(count, device, skb, cpu);
        skb.queueMapping(chosen);
        return device.txQueue(chosen);
    }

    private int among(int count, Device device, SkBuff skb, Cpu cpu) {
        int wanted = -1;
        try {
            wanted = device.ops().selectQueue(skb, cpu);
        } catch (Throwable t) {
            device.site().failed("selectQueue", t, cpu);
        }
        return wanted >= 0 && wanted < count ? wanted : scale(flowHash(skb), count);
    }

    private static int scale(int hash, int count) {
        return (int) (Integer.toUnsignedLong(hash) * count >>> 32);
    }

    /// The packet's hash when somebody computed one; otherwise from addresses and ports.
    private int flowHash(SkBuff skb) {
        if (skb.hash() != 0) {
            return skb.hash() * 0x9E3779B1;
        }
        int network = skb.networkHeader();
        return FlowHash.isIpv4(skb, network) ? flowHash.ofIpv4(skb, network) : flowHash.ofLink(skb);
    }
}
