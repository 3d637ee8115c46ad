package dev.netstack4j.cli.control.calls;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.neighbour.NeighbourTables;
import dev.netstack4j.api.protocol.InetControl;
import dev.netstack4j.api.protocol.RouteMetrics;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.cli.control.host.Execution;
import dev.netstack4j.cli.control.message.Fault;
import dev.netstack4j.cli.control.message.Request;
import dev.netstack4j.cli.control.session.Call;
import org.jspecify.annotations.Nullable;

/// Addresses, routes and neighbours: addr.add, route.add and neigh.add.
final class Devices {
    private final Execution execution;

    Devices(Execution execution) {
        this.execution = execution;
    }

    private Stack stack() {
        return execution.host().stack();
    }

    static NetDevice named(Stack stack, String name) throws NetException {
        for (NetDevice d : stack.links().all()) {
            if (d.name().equals(name)) {
                return d;
            }
        }
        throw new NetException(Errno.ENODEV, "find device " + name);
    }

    private InetControl inet(AddressFamily family) throws NetException {
        try {
            return stack().inet(family);
        } catch (IllegalStateException e) {
            throw new NetException(Errno.EAFNOSUPPORT, "change addresses and routes of " + family, e);
        }
    }

    void addAddress(Call call) throws Fault, NetException {
        IpPrefix prefix = Addresses.prefix("prefix", call.request().text("prefix"));
        NetDevice device = named(stack(), call.request().text("dev"));
        inet(prefix.address().family()).addAddress(device, prefix);
        call.reply().result(0);
    }

    void addRoute(Call call) throws Fault, NetException {
        Request r = call.request();
        String text = r.text("prefix");
        IpPrefix prefix = Addresses.prefix("prefix", text.equals("default") ? "0.0.0.0/0" : text);
        String via = r.textOrNull("via");
        IpAddress gateway = via == null ? null : Addresses.ip("via", via);
        int metric = r.integer("metric", 0);
        RouteMetrics metrics = metrics(r);
        NetDevice device = device(r.textOrNull("dev"), gateway);
        inet(prefix.address().family()).addRoute(prefix, gateway, device, metric, metrics);
        call.reply().result(0);
    }

    private static RouteMetrics metrics(Request r) throws Fault {
        int mtu = r.integer("mtu", 0);
        int mss = r.integer("advmss", 0);
        boolean locked = r.flag("mtu_lock");
        if (mtu < 0 || mss < 0) {
            throw Fault.field(mtu < 0 ? "mtu" : "advmss", "is negative");
        }
        if (locked && mtu == 0) {
            throw Fault.field("mtu_lock", "needs an 'mtu'");
        }
        return RouteMetrics.NONE.mtu(mtu, locked).advertisedMss(mss);
    }

    /// The device that is named, or the one on whose subnet the gateway is.
    private NetDevice device(@Nullable String name, @Nullable IpAddress gateway) throws Fault, NetException {
        if (name != null) {
            return named(stack(), name);
        }
        if (gateway == null) {
            throw Fault.field("dev", "is missing");
        }
        for (NetDevice d : stack().links().all()) {
            if (inet(gateway.family()).addresses(d).stream().anyMatch(p -> p.contains(gateway))) {
                return d;
            }
        }
        throw new NetException(Errno.ENETUNREACH, "reach the gateway " + gateway);
    }

    void addNeighbour(Call call) throws Fault, NetException {
        Request r = call.request();
        IpAddress ip = Addresses.ip("ip", r.text("ip"));
        if (!r.has("mac")) {
            throw Fault.field("mac", "is missing");
        }
        NetDevice device = named(stack(), r.text("dev"));
        Cpus cpus = stack().service(Cpus.class);
        Cpu cpu = cpus.enter();
        try {
            stack().service(NeighbourTables.class).table(ip.family()).setPermanent(ip, device, Wire.mac(r), cpu);
        } finally {
            cpus.leave(cpu);
        }
        call.reply().result(0);
    }
}
