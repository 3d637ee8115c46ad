package dev.netstack4j.proto.ipv4.output;

import dev.netstack4j.api.buffer.ChecksumState;
import dev.netstack4j.api.buffer.PacketKind;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.DeviceFlags;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.link.LinkLayer;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.ipv4.accounting.IpCounters;
import dev.netstack4j.proto.ipv4.header.Ipv4Header;
import dev.netstack4j.proto.ipv4.input.Groups;
import dev.netstack4j.proto.ipv4.route.Ipv4Dst;
import dev.netstack4j.proto.ipv4.route.RouteKind;
import dev.netstack4j.proto.ipv4.route.Routes;
import jakarta.inject.Inject;

/// Gives this host its copy of what it sends to a group or to everybody.
@Linux("net/core/dev.c#dev_loopback_xmit")
public final class GroupCopies {
    private final LinkLayer linkLayer;
    private final Groups groups;
    private final Routes routes;
    private final IpCounters counters;

    /// Sends copies through the CPU's backlog.
    @Inject
    public GroupCopies(LinkLayer linkLayer, Groups groups, Routes routes, IpCounters counters) {
        this.linkLayer = linkLayer;
        this.groups = groups;
        this.routes = routes;
        this.counters = counters;
    }

    /// Copies the packet to this host if it takes part. The packet stays with the caller.
    void loopBack(SkBuff skb, Ipv4Dst dst, Cpu cpu) {
        boolean multicast = dst.kind() == RouteKind.MULTICAST;
        (multicast ? counters.outMulticast : counters.outBroadcast).increment(cpu);
        // A loopback device returns the packet itself.
        if ((dst.device().config().flags() & DeviceFlags.LOOPBACK) != 0) {
            return;
        }
        int destination = Ipv4Header.destination(skb, skb.networkHeader());
        if (multicast && !groups.isMember(destination, dst.device())) {
            return;
        }
        SkBuff copy = skb.copy(0, cpu);
        if (copy != null) {
            deliver(copy, dst, cpu);
        }
    }

    private void deliver(SkBuff copy, Ipv4Dst dst, Cpu cpu) {
        copy.resetMacHeader();
        copy.dev(dst.device());
        copy.dst(routes.delivered(dst.device()));
        copy.kind(PacketKind.LOOPBACK);
        copy.checksumState(ChecksumState.UNNECESSARY);
        linkLayer.netifRx(copy, cpu);
    }
}
