package dev.netstack4j.api.protocol;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.ImplementedByExtensions;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.spi.PlugPoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Addresses and routes of one family. Process context, holding no CPU; takes the control lock itself. The key of the
/// contribution is the family's name (`AF_INET`).
@ImplementedByExtensions
public interface InetControl {
    /// Where it is contributed.
    PlugPoint<InetControl> POINT = PlugPoint.exclusive("inet-control", InetControl.class);

    /// The contribution key of a family.
    static String key(AddressFamily family) {
        return family.toString();
    }

    /// Gives a device an address, with the local, subnet and broadcast routes that follow.
    ///
    /// @throws NetException EEXIST when it has it already, EINVAL for an address that no interface may have
    void addAddress(NetDevice device, IpPrefix prefix) throws NetException;

    /// Takes an address away.
    ///
    /// @throws NetException EADDRNOTAVAIL when the device does not have it
    void removeAddress(NetDevice device, IpPrefix prefix) throws NetException;

    /// Addresses of a device.
    List<IpPrefix> addresses(NetDevice device);

    /// Adds a route.
    ///
    /// @param gateway the next hop, or null when the prefix is on the link
    /// @param metric  smaller wins among equal prefixes
    /// @throws NetException EEXIST for the same prefix and metric, ENETUNREACH when the gateway is not on a link
    void addRoute(IpPrefix prefix, @Nullable IpAddress gateway, NetDevice device, int metric) throws NetException;

    /// Adds a route that says more than where packets go.
    ///
    /// @param gateway the next hop, or null when the prefix is on the link
    /// @param metric  smaller wins among equal prefixes
    /// @param metrics what it says of its packets
    /// @throws NetException as [#addRoute(IpPrefix, IpAddress, NetDevice, int)]; EINVAL for an MTU below the least of
    ///     the family; EOPNOTSUPP when the family keeps no metrics and there are some
    default void addRoute(
            IpPrefix prefix, @Nullable IpAddress gateway, NetDevice device, int metric, RouteMetrics metrics)
            throws NetException {
        if (!metrics.equals(RouteMetrics.NONE)) {
            throw new NetException(Errno.EOPNOTSUPP, "add route " + prefix + " with metrics");
        }
        addRoute(prefix, gateway, device, metric);
    }

    /// Removes a route.
    ///
    /// @throws NetException ENOENT when there is none
    void removeRoute(IpPrefix prefix, NetDevice device) throws NetException;

    /// All routes, one line each, as `ip route` prints them.
    List<String> routes();

    /// Forgets cached routes: every [Dst] handed out becomes invalid.
    void flush();
}
