package dev.netstack4j.testkit.script.run;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.VirtualRuntime;
import dev.netstack4j.api.settings.Sysctl;
import dev.netstack4j.api.settings.Sysctls;
import dev.netstack4j.testkit.script.model.Setup;
import dev.netstack4j.testkit.simulation.SimHost;
import dev.netstack4j.testkit.simulation.SimLink;
import dev.netstack4j.testkit.simulation.SimPeer;
import org.jspecify.annotations.Nullable;

/// A host of a simulation, whose peer on a link the script is. The simulation goes on meanwhile: other hosts, their
/// applications and links too. What links add to times is added to those of the script.
public final class SimulationTarget implements Target {
    private static final int ETHERTYPE_AT = 12;
    private static final int TARGET_ADDRESS_AT = 38;

    private final SimHost host;
    private final SimPeer peer;
    private final VirtualSteps time;
    private int peerAddress;

    /// @param host whose sockets the script calls; on the peer's link, or behind the same switch
    /// @param peer from which the script sends
    public SimulationTarget(SimHost host, SimPeer peer) {
        this.host = host;
        this.peer = peer;
        if (!(host.stack().runtime() instanceof VirtualRuntime runtime)) {
            throw new IllegalArgumentException("the host is in real time");
        }
        time = new VirtualSteps(runtime);
    }

    @Override
    public String name() {
        return StackTarget.NAME;
    }

    @Override
    public boolean isExact() {
        return true;
    }

    /// Gives the host the script's address, MTU, settings and routes as far as it lacks them. Options of a stack of the
    /// script's own (`stack`) have no effect.
    @Override
    public void open(Setup setup) throws NetException {
        peerAddress = IpAddress.parse(setup.peer()).v4Bits();
        IpPrefix address = IpPrefix.parse(setup.host());
        if (!host.address(link()).equals(address.address())) {
            host.stack().ipv4().addAddress(device(), address);
        }
        if (device().mtu() != setup.mtu()) {
            host.stack().links().mtu(device(), setup.mtu());
        }
        for (String route : setup.routes()) {
            host.route(route, IpAddress.parse(setup.peer()), link());
        }
        setup.sysctls().forEach(this::set);
        time.runDue();
        while (peer.poll() != null) {
            // what came before is not the script's
        }
    }

    /// The host's link to the peer, or to the switch that the peer is joined to.
    private SimLink link() {
        return host.linkTowards(peer);
    }

    private NetDevice device() {
        return host.device(link());
    }

    @Override
    public long hostMac() {
        return device().macAddress().bits();
    }

    @Override
    public long now() {
        return time.now();
    }

    @Override
    public void send(byte[] frame) {
        peer.send(frame);
        time.runDue();
    }

    @Override
    public @Nullable Frame next(long untilNanos) {
        while (true) {
            time.until(() -> peer.hasFrameOf(device().macAddress()), untilNanos);
            SimPeer.Arrival a = peer.poll();
            if (a == null) {
                return null;
            }
            if (!isForAnother(a.bytes())) {
                return new Frame(a.nanos() - time.started(), a.bytes());
            }
        }
    }

    /// Behind a switch questions for others' addresses arrive too; those answer themselves.
    private boolean isForAnother(byte[] f) {
        boolean arp = f.length >= TARGET_ADDRESS_AT + 4 && f[ETHERTYPE_AT] == 8 && f[ETHERTYPE_AT + 1] == 6;
        int target = 0;
        for (int i = 0; arp && i < 4; i++) {
            target = target << 8 | f[TARGET_ADDRESS_AT + i] & 0xFF;
        }
        return arp && peer.isBehindSwitch() && target != peerAddress;
    }

    @Override
    public Sockets sockets() {
        return new StackSockets(host.sockets());
    }

    @Override
    public void start(Runnable call) {
        time.start(call);
    }

    @Override
    public void settle(Pending pending, long untilNanos) {
        time.until(pending::isDone, untilNanos);
    }

    @Override
    public long tolerance(long delayNanos) {
        return VirtualSteps.TOLERANCE;
    }

    @Override
    public void set(String name, int value) {
        Sysctl s = host.stack().service(Sysctls.class).find(name);
        if (s == null) {
            throw new IllegalArgumentException("the stack has no setting " + name);
        }
        s.set(value);
    }

    @Override
    public void verify() {
        // the simulation looks for leaks when it is closed
    }

    @Override
    public void close() {
        // host and simulation are the caller's
    }
}
