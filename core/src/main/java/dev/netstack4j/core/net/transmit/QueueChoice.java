package dev.netstack4j.core.net.transmit;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.link.EtherType;
import dev.netstack4j.api.link.EthernetHeader;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.RandomStreams;
import dev.netstack4j.core.net.device.Device;
import dev.netstack4j.core.net.device.DeviceTxQueue;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// Which transmit queue a packet takes: the driver's choice, or one that stays the same for a flow.
@Singleton
@Linux("net/core/dev.c#netdev_core_pick_tx")
public final class QueueChoice {
    private static final int IPV4_BYTES = 20;

    private final long key;

    /// Injected.
    @Inject
    public QueueChoice(RandomStreams random) {
        key = random.stream("net.flowhash").nextLong() | 1;
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
        if (skb.protocol() == EtherType.IPV4 && network >= skb.data() && network + IPV4_BYTES <= skb.tail()) {
            return mix(mix(key, skb.get64(network + 12)), skb.get8(network + 9) + portsAt(skb, network));
        }
        int at = skb.data();
        return skb.headLength() < EthernetHeader.LENGTH ? 0 : mix(mix(key, skb.get64(at)), skb.get32(at + 8));
    }

    /// Both ports, but none for fragments, which must not part.
    private static long portsAt(SkBuff skb, int network) {
        int at = network + (skb.get8(network) & 15) * 4;
        boolean whole = (skb.get16(network + 6) & 0x3FFF) == 0;
        return whole && at + 4 <= skb.tail() ? (long) skb.get32(at) << 8 : 0;
    }

    private static int mix(long hash, long value) {
        long h = (hash ^ value) * 0x9E3779B97F4A7C15L;
        h ^= h >>> 32;
        h *= 0xD6E8FEB86659FD93L;
        return (int) (h >>> 32 ^ h);
    }
}
