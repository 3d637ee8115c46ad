package dev.netstack4j.proto.ipv4.control;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.device.DeviceEvent;
import dev.netstack4j.api.device.DeviceFlags;
import dev.netstack4j.api.device.DeviceNotifier;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDevices;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.protocol.InetControl;
import dev.netstack4j.api.protocol.RouteMetrics;
import dev.netstack4j.api.runtime.ControlLock;
import dev.netstack4j.api.spi.Lifecycle;
import dev.netstack4j.proto.ipv4.header.Ipv4Address;
import dev.netstack4j.proto.ipv4.header.Ipv4Header;
import dev.netstack4j.proto.ipv4.route.Fib;
import dev.netstack4j.proto.ipv4.route.FibTables;
import dev.netstack4j.proto.ipv4.route.Route;
import dev.netstack4j.proto.ipv4.route.RouteKind;
import dev.netstack4j.proto.ipv4.route.Routes;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Addresses and routes. Every change builds both tables anew and publishes them. Routes by a device that is down stay
/// on the list and are left out of the tables until it is up again (Linux forgets those that were added by hand).
@Linux("net/ipv4/fib_frontend.c#inet_rtm_newroute")
public final class Ipv4Control implements InetControl, DeviceNotifier, Lifecycle {
    private static final IpPrefix LOOPBACK = IpPrefix.of(IpAddress.LOOPBACK_V4, 8);

    private static final int LEAST_MTU = 68;
    private static final int TCP_HEADER = 20;

    private final Routes routes;
    private final NetDevices devices;
    private final ControlLock lock;
    private final AddressList addresses = new AddressList(); // under lock
    private final List<Route> added = new ArrayList<>(); // under lock

    @Inject
    Ipv4Control(Routes routes, NetDevices devices, ControlLock lock) {
        this.routes = routes;
        this.devices = devices;
        this.lock = lock;
    }

    @Override
    public void start() {
        lock.lock();
        try {
            devices.all().forEach(d -> changed(d, d.isUp() ? DeviceEvent.UP : DeviceEvent.REGISTER));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void addAddress(NetDevice device, IpPrefix prefix) throws NetException {
        String what = "add address " + prefix + " to " + device.name();
        if (!mayBeOwn(prefix.address())) {
            throw new NetException(Errno.EINVAL, what);
        }
        lock.lock();
        try {
            if (!addresses.add(device, prefix)) {
                throw new NetException(Errno.EEXIST, what);
            }
            publish(null);
        } finally {
            lock.unlock();
        }
    }

    private static boolean mayBeOwn(IpAddress address) {
        int a = address.v4Bits();
        return address.isV4() && !Ipv4Address.isZeroNet(a) && !Ipv4Address.isMulticast(a) && a >>> 28 != 0xF;
    }

    @Override
    public void removeAddress(NetDevice device, IpPrefix prefix) throws NetException {
        lock.lock();
        try {
            if (!addresses.remove(device, prefix)) {
                throw new NetException(Errno.EADDRNOTAVAIL, "remove address " + prefix + " from " + device.name());
            }
            publish(null);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<IpPrefix> addresses(NetDevice device) {
        lock.lock();
        try {
            return addresses.of(device);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void addRoute(IpPrefix prefix, @Nullable IpAddress gateway, NetDevice device, int metric)
            throws NetException {
        addRoute(prefix, gateway, device, metric, RouteMetrics.NONE);
    }

    @Override
    @Linux("net/ipv4/metrics.c#ip_metrics_convert")
    public void addRoute(
            IpPrefix prefix, @Nullable IpAddress gateway, NetDevice device, int metric, RouteMetrics metrics)
            throws NetException {
        String what = "add route " + prefix + (gateway == null ? "" : " via " + gateway) + " dev " + device.name();
        if (metrics.mtu() != 0 && metrics.mtu() < LEAST_MTU) {
            throw new NetException(Errno.EINVAL, what + " mtu " + metrics.mtu());
        }
        lock.lock();
        try {
            if (gateway != null && addresses.sourceFor(device, gateway) == null) {
                throw new NetException(Errno.ENETUNREACH, what);
            }
            if (gateway != null
                    && addresses.of(device).stream().anyMatch(p -> p.address().equals(gateway))) {
                throw new NetException(Errno.EINVAL, what);
            }
            if (added.stream().anyMatch(r -> r.isFor(prefix) && r.metric() == metric)) {
                throw new NetException(Errno.EEXIST, what);
            }
            int network = prefix.network().address().v4Bits();
            IpAddress open = IpAddress.ANY_V4;
            RouteMetrics kept = bounded(metrics);
            added.add(
                    new Route(network, prefix.length(), RouteKind.UNICAST, device, gateway, open, metric, false, kept));
            publish(null);
        } finally {
            lock.unlock();
        }
    }

    private static RouteMetrics bounded(RouteMetrics m) {
        int mss = Math.min(m.advertisedMss(), Ipv4Header.MOST_PACKET - Ipv4Header.LENGTH - TCP_HEADER);
        return RouteMetrics.NONE
                .mtu(Math.min(m.mtu(), Ipv4Header.MOST_PACKET), m.isMtuLocked())
                .advertisedMss(mss);
    }

    @Override
    public void removeRoute(IpPrefix prefix, NetDevice device) throws NetException {
        lock.lock();
        try {
            if (!added.removeIf(r -> r.isFor(prefix) && r.device() == device)) {
                throw new NetException(Errno.ENOENT, "remove route " + prefix + " dev " + device.name());
            }
            publish(null);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<String> routes() {
        FibTables t = routes.tables();
        List<String> lines = new ArrayList<>();
        t.main().routes().reversed().forEach(r -> lines.add(r.toString()));
        t.local().routes().reversed().forEach(r -> lines.add(r.toString()));
        return lines;
    }

    @Override
    public void flush() {
        routes.flush();
    }

    @Override
    @Linux("net/ipv4/fib_frontend.c#fib_netdev_event")
    public void changed(NetDevice device, DeviceEvent event) {
        switch (event) {
            case UP -> {
                if (isLoopback(device) && addresses.of(device).isEmpty()) {
                    addresses.add(device, LOOPBACK);
                }
                publish(null);
            }
            case GOING_DOWN -> publish(device);
            case DOWN -> publish(null);
            case UNREGISTER -> {
                addresses.removeAll(device);
                added.removeIf(r -> r.device() == device);
                publish(device);
            }
            default -> {}
        }
    }

    private static boolean isLoopback(NetDevice device) {
        return (device.config().flags() & DeviceFlags.LOOPBACK) != 0;
    }

    /// Builds and publishes both tables.
    ///
    /// @param without a device that is about to go, or null
    private void publish(@Nullable NetDevice without) {
        List<Route> local = new ArrayList<>();
        List<Route> main = new ArrayList<>();
        NetDevice loopback = null;
        for (NetDevice d : addresses.devices()) {
            if (d.isUp() && d != without) {
                addresses.of(d).forEach(p -> AddressList.routes(d, p, local, main));
                loopback = isLoopback(d) && loopback == null ? d : loopback;
            }
        }
        for (Route r : added) {
            if (r.device().isUp() && r.device() != without) {
                addWithSource(r, main);
            }
        }
        routes.publish(new FibTables(new Fib(local), new Fib(main), loopback));
    }

    /// A route whose gateway is on no link any more is left out.
    private void addWithSource(Route r, List<Route> main) {
        IpAddress gateway = r.gateway();
        IpAddress source = gateway == null ? addresses.first(r.device()) : addresses.sourceFor(r.device(), gateway);
        if (source != null) {
            main.add(r.from(source));
        }
    }
}
