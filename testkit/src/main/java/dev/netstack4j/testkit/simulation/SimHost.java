package dev.netstack4j.testkit.simulation;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.SystemCalls;
import dev.netstack4j.api.stack.AssemblyException;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackBuilder;
import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.testkit.simulation.nic.SimulatedModule;
import dev.netstack4j.testkit.simulation.nic.WireEnds;
import java.util.LinkedHashMap;
import java.util.Map;

/// A host of a simulation: a whole stack. Its cards are `eth0`, `eth1` and so on, in the order in which links were
/// made; each has an address of the link's subnet. Made by [Simulation#host].
public final class SimHost implements SimNode {
    private final Simulation simulation;
    private final String name;
    private final int number;
    private final HostPlan plan;
    private final Stack stack;
    private final Map<SimLink, Interface> interfaces = new LinkedHashMap<>();

    SimHost(Simulation simulation, String name, int number, HostPlan plan) {
        this.simulation = simulation;
        this.name = name;
        this.number = number;
        this.plan = plan;
        this.stack = build();
    }

    private record Interface(NetDevice device, IpPrefix address) {}

    private Stack build() {
        StackBuilder builder = StackFactory.find()
                .builder()
                .name(name)
                .runtime(simulation.runtime())
                .cpus(plan.cpus)
                .memory(plan.memory)
                .with(new SimulatedModule());
        simulation.modules().forEach(builder::with);
        plan.with.forEach(builder::with);
        plan.without.forEach(builder::without);
        plan.sysctls.forEach(builder::sysctl);
        try {
            return builder.build();
        } catch (AssemblyException e) {
            throw new IllegalStateException("host " + name + ": " + e.getMessage(), e);
        }
    }

    // ---- what people do with it

    @Override
    public String name() {
        return name;
    }

    /// Its stack: devices, routes, settings, counters.
    public Stack stack() {
        return stack;
    }

    /// Its socket calls.
    public SystemCalls sockets() {
        return stack.sockets();
    }

    /// Its address on the first link that was made.
    public IpAddress address() {
        return first().address.address();
    }

    /// Its address on a link.
    public IpAddress address(SimLink link) {
        return on(link).address.address();
    }

    /// Its first address with a port.
    public InetSockAddress at(int port) {
        return InetSockAddress.of(address(), port);
    }

    /// Its card on a link.
    public NetDevice device(SimLink link) {
        return on(link).device;
    }

    /// Its link to a peer, or to the switch that the peer is joined to.
    ///
    /// @throws IllegalArgumentException when it has none
    public SimLink linkTowards(SimPeer peer) {
        for (SimLink l : interfaces.keySet()) {
            SimNode other = l.otherEnd(this);
            if (other == peer || other == peer.link().otherEnd(peer)) {
                return l;
            }
        }
        throw new IllegalArgumentException("host " + name + " has no link towards " + peer.name());
    }

    /// Starts an application: ordinary code that calls the stack's sockets and may block there. It runs on a thread of
    /// its own, one of all at a time. Whatever it throws fails [Simulation#join].
    public SimApp run(String applicationName, SimApp.Body body) {
        return simulation.run(name + "/" + applicationName, body);
    }

    /// Sends what is for a prefix to a gateway. The host of the gateway has to forward:
    /// `plan.sysctl("net.ipv4.ip_forward", 1)`.
    ///
    /// @param prefix  for example `10.0.1.0/24`, or `0.0.0.0/0` for all
    /// @param gateway an address on one of this host's links
    /// @param link    that link
    public void route(String prefix, IpAddress gateway, SimLink link) {
        try {
            stack.ipv4().addRoute(IpPrefix.parse(prefix), gateway, on(link).device, 0);
        } catch (NetException e) {
            throw new IllegalArgumentException("host " + name + ": " + e.getMessage(), e);
        }
    }

    // ---- inside

    int number() {
        return number;
    }

    boolean isApartFrom(int host) {
        return simulation.topology().areApart(number, host);
    }

    private Interface first() {
        if (interfaces.isEmpty()) {
            throw new IllegalStateException("host " + name + " has no link yet; make one with Simulation.link");
        }
        return interfaces.values().iterator().next();
    }

    private Interface on(SimLink link) {
        Interface found = interfaces.get(link);
        if (found == null) {
            throw new IllegalArgumentException("host " + name + " is not on link " + link.name());
        }
        return found;
    }

    /// Plugs a card in, joined to an end of a link.
    void plug(SimLink link, Wire end, Subnet subnet) {
        try {
            String wireName = link.name() + " at " + name;
            WireEnds.of(simulation.runtime()).offer(wireName, end);
            Wire wire = stack.hardware().wire(SimulatedModule.KIND, Map.of("name", wireName));
            NetDevice device = stack.hardware().plug(plan.bus, plan.model, Map.of("mac", mac()), wire);
            IpPrefix address = subnet.next();
            stack.ipv4().addAddress(device, address);
            interfaces.put(link, new Interface(device, address));
            stack.links().up(device);
        } catch (NetException e) {
            throw new IllegalStateException(
                    "host " + name + " cannot join link " + link.name() + ": " + e.getMessage(), e);
        }
    }

    private String mac() {
        return MacAddress.of(0x0200_0000_0000L | (long) number << 8 | interfaces.size() + 1)
                .toString();
    }

    @Override
    public String toString() {
        return interfaces.isEmpty() ? name : name + " " + address();
    }
}
