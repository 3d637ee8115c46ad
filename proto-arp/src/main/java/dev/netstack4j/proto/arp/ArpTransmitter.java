package dev.netstack4j.proto.arp;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.link.EtherType;
import dev.netstack4j.api.link.EthernetHeader;
import dev.netstack4j.api.link.LinkLayer;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.statistics.Counter;
import dev.netstack4j.api.statistics.Counters;
import jakarta.inject.Inject;

/// Builds and sends ARP packets, each in a newly allocated skb. Softirq or process context on `cpu`.
@Linux("net/ipv4/arp.c#arp_send_dst")
final class ArpTransmitter {
    private final SkBuffPool pool;
    private final LinkLayer link;
    private final ArpCounters counters;

    @Inject
    ArpTransmitter(SkBuffPool pool, LinkLayer link, Counters counters) {
        this.pool = pool;
        this.link = link;
        this.counters = new ArpCounters(counters);
    }

    /// Asks who has `target`.
    ///
    /// @param destination the station that is asked, or broadcast
    void request(NetDevice device, long destination, int sender, int target, Cpu cpu) {
        send(device, ArpPacket.REQUEST, destination, sender, 0, target, counters.outRequests, cpu);
    }

    /// Tells `targetMac` that `sender` is here.
    void reply(NetDevice device, int sender, long targetMac, int target, Cpu cpu) {
        send(device, ArpPacket.REPLY, targetMac, sender, targetMac, target, counters.outReplies, cpu);
    }

    /// Tells everybody that `address` is here, so that caches which have it take the present Ethernet address.
    void announce(NetDevice device, int address, Cpu cpu) {
        request(device, MacAddress.BROADCAST.bits(), address, address, cpu);
    }

    private void send(
            NetDevice device,
            int operation,
            long destination,
            int sender,
            long targetMac,
            int target,
            Counter sent,
            Cpu cpu) {
        int headroom = device.config().needsHeadroom();
        SkBuff skb = pool.alloc(headroom + EthernetHeader.LEAST_FRAME, cpu);
        if (skb == null) {
            counters.outNoMemory.increment(cpu);
            return;
        }
        long own = device.macAddress().bits();
        skb.reserve(headroom + EthernetHeader.LENGTH);
        skb.resetNetworkHeader();
        ArpPacket.write(skb, skb.put(ArpPacket.LENGTH), operation, own, sender, targetMac, target);
        EthernetHeader.write(skb, skb.push(EthernetHeader.LENGTH), destination, own, EtherType.ARP);
        skb.resetMacHeader();
        skb.protocol(EtherType.ARP);
        skb.dev(device);
        sent.increment(cpu);
        link.devQueueXmit(skb, cpu);
    }
}
