package dev.netstack4j.proto.ipv4.route;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.device.DeviceFlags;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDevices;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.protocol.AddressType;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.ipv4.accounting.IpCounters;
import dev.netstack4j.proto.ipv4.header.Ipv4Address;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/// Answers where packets go. Any context; reads the snapshot that the control plane published last.
@Linux("net/ipv4/route.c#ip_route_output_key_hash_rcu")
public final class Routes {
    private final NetDevices devices;
    private final DstCache cache;
    private final PathMtus pathMtus;
    private final Generation generation;
    private final IpCounters counters;
    private volatile FibTables tables = FibTables.EMPTY;

    /// Without routes.
    @Inject
    public Routes(NetDevices devices, DstCache cache, PathMtus pathMtus, Generation generation, IpCounters counters) {
        this.devices = devices;
        this.cache = cache;
        this.pathMtus = pathMtus;
        this.generation = generation;
        this.counters = counters;
    }

    /// Replaces both tables; every dst handed out becomes invalid. Under the control lock.
    public void publish(FibTables fresh) {
        tables = fresh;
        generation.bump();
    }

    /// Every dst handed out becomes invalid, and learnt path MTUs are forgotten.
    public void flush() {
        pathMtus.forget();
        generation.bump();
    }

    /// The tables now.
    public FibTables tables() {
        return tables;
    }

    /// The way from this host to an address.
    ///
    /// @param source  address to send from; 0 when open
    /// @param ifIndex device that must be used; 0 for any
    /// @return null when there is none
    public @Nullable Ipv4Dst output(int destination, int source, int ifIndex, Cpu cpu) {
        counters.routeLookups.increment(cpu);
        FibTables t = tables;
        if (destination == 0) {
            return toSelf(t, source == 0 ? IpAddress.LOOPBACK_V4.v4Bits() : source);
        }
        if (Ipv4Address.isMulticast(destination) || destination == Ipv4Address.LIMITED_BROADCAST) {
            return toGroup(t, destination, source, ifIndex);
        }
        Route r = t.lookup(destination, ifIndex);
        if (r == null) {
            return ifIndex == 0 ? null : onLink(t, destination, ifIndex);
        }
        return follow(t, r, destination);
    }

    private @Nullable Ipv4Dst follow(FibTables t, Route r, int destination) {
        return switch (r.kind()) {
            case LOCAL -> toSelf(t, r);
            case BROADCAST -> cache.group(RouteKind.BROADCAST, r.device(), Ipv4Address.LIMITED_BROADCAST, r.source());
            case MULTICAST -> cache.group(RouteKind.MULTICAST, r.device(), destination, r.source());
            case UNICAST -> cache.unicast(r, destination, learnt(r, destination));
        };
    }

    private PathMtu learnt(Route r, int destination) {
        return r.metrics().isMtuLocked() ? PathMtu.NONE : pathMtus.find(destination);
    }

    private @Nullable Ipv4Dst toSelf(FibTables t, int address) {
        Route r = t.local().lookup(address, 0);
        return r == null || r.kind() != RouteKind.LOCAL ? null : toSelf(t, r);
    }

    private @Nullable Ipv4Dst toSelf(FibTables t, Route r) {
        NetDevice lo = t.loopback();
        return lo == null ? null : cache.local(lo, r.source());
    }

    /// A group is reached by the device that is asked for, by the one that has the source address, or by that of a
    /// route.
    private @Nullable Ipv4Dst toGroup(FibTables t, int group, int source, int ifIndex) {
        RouteKind kind = Ipv4Address.isMulticast(group) ? RouteKind.MULTICAST : RouteKind.BROADCAST;
        if (ifIndex != 0) {
            NetDevice device = devices.byIndex(ifIndex);
            return device == null ? null : cache.group(kind, device, group, sourceOn(t, device));
        }
        Route own = source == 0 ? null : t.local().lookup(source, 0);
        if (own != null) {
            return cache.group(kind, own.device(), group, own.source());
        }
        Route r = t.main().lookup(group, 0);
        return r == null ? null : cache.group(kind, r.device(), group, r.source());
    }

    /// Without a route but with a device: the destination is taken to be on its link.
    private @Nullable Ipv4Dst onLink(FibTables t, int destination, int ifIndex) {
        NetDevice device = devices.byIndex(ifIndex);
        if (device == null || (device.config().flags() & DeviceFlags.LOOPBACK) != 0) {
            return null;
        }
        Route r = new Route(destination, 32, RouteKind.UNICAST, device, null, sourceOn(t, device), 0, false);
        return cache.unicast(r, destination, learnt(r, destination));
    }

    /// The first address of a device; the wildcard when it has none.
    private static IpAddress sourceOn(FibTables t, NetDevice device) {
        for (Route r : t.local().routes()) {
            if (r.kind() == RouteKind.LOCAL && r.device() == device && r.length() == 32) {
                return r.source();
            }
        }
        return IpAddress.ANY_V4;
    }

    /// The dst of packets that came in by `device` for this host.
    public Ipv4Dst delivered(NetDevice device) {
        return cache.local(device, IpAddress.ANY_V4);
    }

    /// The way of a packet that is forwarded along a route of the main table.
    public Ipv4Dst forwarded(Route route, int destination) {
        return cache.unicast(route, destination, learnt(route, destination));
    }

    /// What an address means to this host.
    public AddressType type(int address) {
        if (address == 0) {
            return AddressType.ANY;
        }
        if (Ipv4Address.isMulticast(address)) {
            return AddressType.MULTICAST;
        }
        if (address == Ipv4Address.LIMITED_BROADCAST) {
            return AddressType.BROADCAST;
        }
        Route r = tables.local().lookup(address, 0);
        if (r == null) {
            return AddressType.UNICAST;
        }
        return r.kind() == RouteKind.LOCAL ? AddressType.LOCAL : AddressType.BROADCAST;
    }
}
