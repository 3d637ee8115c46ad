package dev.netstack4j.proto.arp;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketKind;
import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.link.PacketHandler;
import dev.netstack4j.api.neighbour.Neighbour;
import dev.netstack4j.api.neighbour.NeighbourTable;
import dev.netstack4j.api.neighbour.NeighbourTables;
import dev.netstack4j.api.neighbour.NudState;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.statistics.Counters;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/// Receives ARP: learns who has which address, and answers for every address of this host, on whichever device it is
/// asked for. Learning follows RFC 826: a known sender is always updated, an unknown one is entered only when the
/// packet asks for an address of ours. Not implemented: proxy ARP, `arp_ignore`, `arp_filter`, `arp_accept`.
@Linux("net/ipv4/arp.c#arp_process")
@Rfc({"826", "5227#2.4"})
final class ArpHandler implements PacketHandler {
    private static final long LOCK_NANOS = 1_000_000_000L;

    private final Ipv4View ipv4;
    private final ArpTransmitter transmitter;
    private final NeighbourTables tables;
    private final ArpReasons reasons;
    private final ArpCounters counters;
    private final ArpCheck check;

    @Inject
    ArpHandler(
            Ipv4View ipv4,
            ArpTransmitter transmitter,
            NeighbourTables tables,
            PacketReasons reasons,
            Counters counters) {
        this.ipv4 = ipv4;
        this.transmitter = transmitter;
        this.tables = tables;
        this.reasons = new ArpReasons(reasons);
        this.counters = new ArpCounters(counters);
        check = new ArpCheck(this.reasons);
    }

    @Override
    public void receive(SkBuff skb, NetDevice device, NetDevice original, Cpu cpu) {
        DropReason bad = check.reasonToDrop(skb, device, cpu);
        if (bad != null) {
            counters.inErrors.increment(cpu);
            skb.drop(bad, cpu);
        } else if (isConflict(skb, device)) {
            counters.conflicts.increment(cpu);
            skb.drop(reasons.conflict, cpu);
        } else {
            process(skb, device, cpu);
            skb.consume(reasons.done, cpu);
        }
    }

    /// Somebody else claims an address of ours. It is not learnt from; defending the address is not implemented.
    private boolean isConflict(SkBuff skb, NetDevice device) {
        int at = skb.data();
        return ArpPacket.senderMac(skb, at) != device.macAddress().bits() && ipv4.isLocal(ArpPacket.senderIp(skb, at));
    }

    private void process(SkBuff skb, NetDevice device, Cpu cpu) {
        int at = skb.data();
        if (ArpPacket.operation(skb, at) == ArpPacket.REPLY) {
            counters.inReplies.increment(cpu);
            NudState state = skb.kind() == PacketKind.HOST ? NudState.REACHABLE : NudState.STALE;
            learn(skb, device, false, state, cpu);
            return;
        }
        counters.inRequests.increment(cpu);
        boolean forUs = ipv4.isLocal(ArpPacket.targetIp(skb, at));
        learn(skb, device, forUs, NudState.STALE, cpu);
        if (forUs) {
            answer(skb, device, cpu);
        }
    }

    /// A request for us is believed at once. Otherwise the first of several different answers wins: what was learnt
    /// less than a second ago is replaced only by the neighbour's own announcement.
    private void learn(SkBuff skb, NetDevice device, boolean create, NudState state, Cpu cpu) {
        int sender = ArpPacket.senderIp(skb, skb.data());
        long mac = ArpPacket.senderMac(skb, skb.data());
        if (sender == 0 || mac == device.macAddress().bits()) {
            return;
        }
        NeighbourTable table = tables.table(AddressFamily.INET);
        IpAddress address = IpAddress.v4(sender);
        @Nullable Neighbour entry = create ? table.resolve(address, device, cpu) : table.find(address, device);
        if (entry != null) {
            boolean old = cpu.nowNanos() - entry.updatedNanos() > LOCK_NANOS;
            entry.update(MacAddress.of(mac), state, create || old || isAnnouncement(skb), cpu);
        }
    }

    @Linux("net/ipv4/arp.c#arp_is_garp")
    private static boolean isAnnouncement(SkBuff skb) {
        int at = skb.data();
        return ArpPacket.targetIp(skb, at) == ArpPacket.senderIp(skb, at)
                && (ArpPacket.operation(skb, at) == ArpPacket.REQUEST
                        || ArpPacket.targetMac(skb, at) == ArpPacket.senderMac(skb, at));
    }

    /// The answer goes into a new skb, so that the request stays as it is for whoever else holds its bytes.
    private void answer(SkBuff skb, NetDevice device, Cpu cpu) {
        int at = skb.data();
        int asked = ArpPacket.targetIp(skb, at);
        transmitter.reply(device, asked, ArpPacket.senderMac(skb, at), ArpPacket.senderIp(skb, at), cpu);
    }
}
