package dev.netstack4j.proto.ipv4.route;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.protocol.RouteMetrics;
import dev.netstack4j.proto.ipv4.header.Ipv4Address;
import org.jspecify.annotations.Nullable;

/// One route.
///
/// @param network   first bits of the destination, host bits clear
/// @param length    number of those bits
/// @param kind      what it leads to
/// @param device    by which device
/// @param gateway   next hop; null when destinations are on the link
/// @param source    address to send from when the sender leaves it open; the wildcard when the device has none
/// @param metric    smaller wins among equal prefixes
/// @param connected whether it came with an address
/// @param metrics   what it says of its packets
@Linux("include/net/ip_fib.h#fib_info")
public record Route(
        int network,
        int length,
        RouteKind kind,
        NetDevice device,
        @Nullable IpAddress gateway,
        IpAddress source,
        int metric,
        boolean connected,
        RouteMetrics metrics) {

    /// A route that says nothing of its packets.
    public Route(
            int network,
            int length,
            RouteKind kind,
            NetDevice device,
            @Nullable IpAddress gateway,
            IpAddress source,
            int metric,
            boolean connected) {
        this(network, length, kind, device, gateway, source, metric, connected, RouteMetrics.NONE);
    }

    /// Whether it covers an address.
    public boolean covers(int address) {
        return ((address ^ network) & Ipv4Address.mask(length)) == 0;
    }

    /// The same route with another address to send from.
    public Route from(IpAddress address) {
        return new Route(network, length, kind, device, gateway, address, metric, connected, metrics);
    }

    /// Whether it stands for the same prefix.
    public boolean isFor(IpPrefix prefix) {
        return prefix.length() == length && prefix.network().address().v4Bits() == network;
    }

    @Override
    public String toString() {
        StringBuilder s = new StringBuilder();
        if (kind != RouteKind.UNICAST) {
            s.append(kind == RouteKind.LOCAL ? "local " : "broadcast ");
        }
        s.append(length == 0 ? "default" : Ipv4Address.text(network) + (length == 32 ? "" : "/" + length));
        if (gateway != null) {
            s.append(" via ").append(gateway);
        }
        s.append(" dev ").append(device.name());
        if (connected && kind == RouteKind.UNICAST) {
            s.append(" proto kernel");
        }
        if (gateway == null) {
            s.append(" scope ").append(kind == RouteKind.LOCAL ? "host" : "link");
        }
        if (!source.isAny()) {
            s.append(" src ").append(source);
        }
        if (metric != 0) {
            s.append(" metric ").append(metric);
        }
        if (metrics.mtu() != 0) {
            s.append(metrics.isMtuLocked() ? " mtu lock " : " mtu ").append(metrics.mtu());
        }
        if (metrics.advertisedMss() != 0) {
            s.append(" advmss ").append(metrics.advertisedMss());
        }
        return s.toString();
    }
}
