package dev.netstack4j.proto.ipv4.route;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.protocol.RouteMetrics;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/// Dsts that were made, by what they lead to, so that the same answer is the same object and a steady load makes none.
/// Two places per hash; a lost race or a third claimant costs one object.
public final class DstCache {
    private static final int SETS = 1024;

    private final @Nullable Ipv4Dst[] slots = new @Nullable Ipv4Dst[SETS * 2];
    private final DstPaths paths;
    private final Generation generation;

    /// Empty.
    @Inject
    public DstCache(DstPaths paths, Generation generation) {
        this.paths = paths;
        this.generation = generation;
    }

    /// To this host: through the loopback device, or in from a device (address: the wildcard).
    public Ipv4Dst local(NetDevice device, IpAddress address) {
        int slot = slot(RouteKind.LOCAL, address.v4Bits(), device, 0);
        Ipv4Dst found = find(slot, RouteKind.LOCAL, address.v4Bits(), device, address);
        return found != null ? found : keep(slot, new LocalDst(device, address, paths, generation));
    }

    /// To another host. The next hop is the gateway if there is one, otherwise the destination.
    public Ipv4Dst unicast(Route route, int destination, PathMtu exception) {
        IpAddress gateway = route.gateway();
        int hop = gateway != null ? gateway.v4Bits() : destination;
        int only = exception.destination();
        RouteMetrics metrics = route.metrics();
        int slot = slot(RouteKind.UNICAST, hop, route.device(), only + metrics.mtu() + metrics.advertisedMss());
        for (int i = slot; i < slot + 2; i++) {
            Ipv4Dst d = slots[i];
            if (d != null
                    && d.answers(RouteKind.UNICAST, hop, route.device(), route.source(), only)
                    && d.metrics().equals(metrics)) {
                return d;
            }
        }
        IpAddress hopAddress = gateway != null ? gateway : IpAddress.v4(destination);
        return keep(
                slot,
                new UnicastDst(route.device(), hopAddress, route.source(), metrics, exception, paths, generation));
    }

    /// To a group or to everybody on a link.
    ///
    /// @param source address to send from when it is left open
    public Ipv4Dst group(RouteKind kind, NetDevice device, int group, IpAddress source) {
        int slot = slot(kind, group, device, 0);
        Ipv4Dst found = find(slot, kind, group, device, source);
        return found != null
                ? found
                : keep(slot, new GroupDst(kind, device, IpAddress.v4(group), source, paths, generation));
    }

    private static int slot(RouteKind kind, int hop, NetDevice device, int exception) {
        int h = (hop + exception * 31) * 0x9E37_79B1 + device.ifIndex() * 0x85EB_CA6B + kind.ordinal() * 0xC2B2_AE35;
        return ((h ^ h >>> 16) & SETS - 1) << 1;
    }

    private @Nullable Ipv4Dst find(int slot, RouteKind kind, int hop, NetDevice device, IpAddress source) {
        Ipv4Dst a = slots[slot];
        if (a != null && a.answers(kind, hop, device, source, 0)) {
            return a;
        }
        Ipv4Dst b = slots[slot + 1];
        return b != null && b.answers(kind, hop, device, source, 0) ? b : null;
    }

    private Ipv4Dst keep(int slot, Ipv4Dst dst) {
        Ipv4Dst first = slots[slot];
        boolean firstIsFree = first == null || !first.isValid();
        slots[firstIsFree ? slot : slot + 1] = dst;
        return dst;
    }
}
