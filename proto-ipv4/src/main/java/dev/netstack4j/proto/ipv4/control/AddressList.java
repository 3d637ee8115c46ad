package dev.netstack4j.proto.ipv4.control;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.device.DeviceFlags;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.proto.ipv4.route.Route;
import dev.netstack4j.proto.ipv4.route.RouteKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The addresses of all devices, and the routes that come with them. Under the control lock.
@Linux("net/ipv4/devinet.c#in_ifaddr")
final class AddressList {
    private final Map<NetDevice, List<IpPrefix>> byDevice = new TreeMap<>(Comparator.comparingInt(NetDevice::ifIndex));

    List<IpPrefix> of(NetDevice device) {
        return List.copyOf(byDevice.getOrDefault(device, List.of()));
    }

    List<NetDevice> devices() {
        return List.copyOf(byDevice.keySet());
    }

    boolean add(NetDevice device, IpPrefix prefix) {
        List<IpPrefix> list = byDevice.computeIfAbsent(device, d -> new ArrayList<>());
        return list.stream().noneMatch(p -> p.address().equals(prefix.address())) && list.add(prefix);
    }

    boolean remove(NetDevice device, IpPrefix prefix) {
        List<IpPrefix> list = byDevice.get(device);
        return list != null && list.remove(prefix);
    }

    void removeAll(NetDevice device) {
        byDevice.remove(device);
    }

    /// The device's address from which `hop` is reached on the link; null when the link does not lead there.
    @Nullable
    IpAddress sourceFor(NetDevice device, IpAddress hop) {
        for (IpPrefix p : byDevice.getOrDefault(device, List.of())) {
            if (p.contains(hop) && p.length() < 32) {
                return p.address();
            }
        }
        return null;
    }

    /// The device's first address, or the wildcard.
    IpAddress first(NetDevice device) {
        List<IpPrefix> list = byDevice.getOrDefault(device, List.of());
        return list.isEmpty() ? IpAddress.ANY_V4 : list.getFirst().address();
    }

    /// Adds the routes that an address brings to both tables.
    @Linux("net/ipv4/fib_frontend.c#fib_add_ifaddr")
    static void routes(NetDevice device, IpPrefix p, List<Route> local, List<Route> main) {
        IpAddress own = p.address();
        local.add(new Route(own.v4Bits(), 32, RouteKind.LOCAL, device, null, own, 0, true));
        int network = own.v4Bits() & p.v4Mask();
        if (own.isLoopback()) {
            addOnce(local, new Route(network, p.length(), RouteKind.LOCAL, device, null, own, 0, true));
            return;
        }
        if (p.length() < 32) {
            addOnce(main, new Route(network, p.length(), RouteKind.UNICAST, device, null, own, 0, true));
        }
        if (p.length() < 31 && (device.config().flags() & DeviceFlags.BROADCAST) != 0) {
            addOnce(local, new Route(network, 32, RouteKind.BROADCAST, device, null, own, 0, true));
            addOnce(local, new Route(p.broadcast().v4Bits(), 32, RouteKind.BROADCAST, device, null, own, 0, true));
        }
    }

    private static void addOnce(List<Route> routes, Route route) {
        boolean there = routes.stream()
                .anyMatch(r ->
                        r.network() == route.network() && r.length() == route.length() && r.device() == route.device());
        if (!there) {
            routes.add(route);
        }
    }
}
