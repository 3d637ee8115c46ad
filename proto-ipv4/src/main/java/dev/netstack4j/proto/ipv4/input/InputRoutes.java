package dev.netstack4j.proto.ipv4.input;

import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.DeviceFlags;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.settings.Sysctl;
import dev.netstack4j.api.settings.Sysctls;
import dev.netstack4j.api.statistics.Counter;
import dev.netstack4j.proto.ipv4.accounting.IpCounters;
import dev.netstack4j.proto.ipv4.accounting.IpReasons;
import dev.netstack4j.proto.ipv4.header.IcmpHeader;
import dev.netstack4j.proto.ipv4.header.Ipv4Address;
import dev.netstack4j.proto.ipv4.header.Ipv4Header;
import dev.netstack4j.proto.ipv4.icmp.IcmpErrors;
import dev.netstack4j.proto.ipv4.route.FibTables;
import dev.netstack4j.proto.ipv4.route.Route;
import dev.netstack4j.proto.ipv4.route.RouteKind;
import dev.netstack4j.proto.ipv4.route.Routes;
import jakarta.inject.Inject;

/// Decides what a received packet is for: this host, another one, a group, or nobody because its addresses cannot be.
@Rfc({"1122#3.2.1.3", "1812#5.3.7", "3704"})
@Linux("net/ipv4/route.c#ip_route_input_slow")
public final class InputRoutes {
    private static final int STRICT = 1;

    private final Routes routes;
    private final Groups groups;
    private final IcmpErrors icmp;
    private final IpCounters counters;
    private final IpReasons reasons;
    private final Sysctl forwarding;
    private final Sysctl reversePath;

    /// Over the routes.
    @Inject
    public InputRoutes(
            Routes routes, Groups groups, IcmpErrors icmp, Sysctls sysctls, IpCounters counters, IpReasons reasons) {
        this.routes = routes;
        this.groups = groups;
        this.icmp = icmp;
        this.counters = counters;
        this.reasons = reasons;
        forwarding = sysctls.declare("net.ipv4.ip_forward", 0, 0, 1, "whether packets for other hosts are forwarded");
        reversePath = sysctls.declare(
                "net.ipv4.conf.all.rp_filter",
                0,
                0,
                2,
                "check that sources lie behind the device: 0 no, 1 strictly, 2 behind any device");
    }

    /// Gives a packet its dst, or drops it.
    ///
    /// @return whether it is still the caller's
    boolean route(SkBuff skb, NetDevice device, Cpu cpu) {
        counters.routeLookups.increment(cpu);
        int at = skb.networkHeader();
        int source = Ipv4Header.source(skb, at);
        int destination = Ipv4Header.destination(skb, at);
        FibTables tables = routes.tables();
        boolean loopback = (device.config().flags() & DeviceFlags.LOOPBACK) != 0;
        if (isMartianSource(tables, source, destination, loopback)) {
            return bad(skb, counters.inMartians, reasons.martianSource, cpu);
        }
        if (Ipv4Address.isMulticast(destination)) {
            return toGroup(skb, destination, device, cpu);
        }
        if (destination == Ipv4Address.LIMITED_BROADCAST) {
            counters.inBroadcast.increment(cpu);
            return deliver(skb, device);
        }
        if (Ipv4Address.isZeroNet(destination)
                || Ipv4Address.isReserved(destination)
                || Ipv4Address.isLoopback(destination) && !loopback) {
            return bad(skb, counters.inMartians, reasons.martianDestination, cpu);
        }
        if (!loopback && !isReversePathRight(tables, source, device)) {
            return bad(skb, counters.inMartians, reasons.reversePath, cpu);
        }
        return byTable(skb, tables, destination, device, cpu);
    }

    /// Nobody sends from a group, from everybody, from nobody (but to everybody), from inside another host, or from our
    /// own address.
    private static boolean isMartianSource(FibTables tables, int source, int destination, boolean loopback) {
        if (Ipv4Address.isMulticast(source)
                || source == Ipv4Address.LIMITED_BROADCAST
                || Ipv4Address.isReserved(source)) {
            return true;
        }
        if (Ipv4Address.isZeroNet(source)) {
            return destination != Ipv4Address.LIMITED_BROADCAST && !Ipv4Address.isMulticast(destination);
        }
        return !loopback && (Ipv4Address.isLoopback(source) || isOurs(tables, source));
    }

    private static boolean isOurs(FibTables tables, int source) {
        return tables.local().lookup(source, 0) != null;
    }

    private boolean isReversePathRight(FibTables tables, int source, NetDevice device) {
        int mode = reversePath.get();
        if (mode == 0) {
            return true;
        }
        Route back = tables.main().lookup(source, 0);
        return back != null && (mode != STRICT || back.device() == device);
    }

    private boolean toGroup(SkBuff skb, int group, NetDevice device, Cpu cpu) {
        counters.inMulticast.increment(cpu);
        if (!groups.isMember(group, device)) {
            skb.drop(reasons.noGroup, cpu);
            return false;
        }
        return deliver(skb, device);
    }

    private boolean deliver(SkBuff skb, NetDevice device) {
        skb.dst(routes.delivered(device));
        return true;
    }

    private boolean byTable(SkBuff skb, FibTables tables, int destination, NetDevice device, Cpu cpu) {
        Route r = tables.lookup(destination, 0);
        if (r != null && r.kind() != RouteKind.UNICAST) {
            if (r.kind() == RouteKind.BROADCAST) {
                counters.inBroadcast.increment(cpu);
            }
            return deliver(skb, device);
        }
        if (forwarding.get() == 0) {
            return bad(skb, counters.inAddressErrors, reasons.notLocal, cpu);
        }
        if (r == null) {
            icmp.send(skb, IcmpHeader.UNREACHABLE, IcmpHeader.NET, 0, cpu);
            return bad(skb, counters.inNoRoutes, reasons.noRoute, cpu);
        }
        skb.dst(routes.forwarded(r, destination));
        return true;
    }

    private static boolean bad(SkBuff skb, Counter counter, DropReason reason, Cpu cpu) {
        counter.increment(cpu);
        skb.drop(reason, cpu);
        return false;
    }
}
