package dev.netstack4j.cli.serve;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.qdisc.Qdiscs;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.cli.args.KindWithOptions;
import dev.netstack4j.cli.args.Nic;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Gives a stack a network card at the end of a wire, an address and a way out.
///
/// @param wire        to the host: a TAP, a stream; a TUN, which is the device itself
/// @param address     of the stack
/// @param gateway     of the default route, or null for none
/// @param hostAddress that the host's side gets, or null to leave it alone
/// @param nic         the network card
/// @param card        options of it
/// @param qdisc       of the device
public record ServerHost(
        KindWithOptions wire,
        IpPrefix address,
        @Nullable IpAddress gateway,
        @Nullable IpPrefix hostAddress,
        Nic nic,
        Map<String, String> card,
        KindWithOptions qdisc) {
    private static final long LINK_NANOS = 5_000_000_000L;
    private static final long STEP_NANOS = 1_000_000L;

    /// Attaches a stack.
    ///
    /// @return its device, up
    public NetDevice attach(Stack stack) throws NetException {
        NetDevice device = device(stack);
        stack.ipv4().addAddress(device, address);
        if (gateway != null) {
            stack.ipv4().addRoute(IpPrefix.of(IpAddress.ANY_V4, 0), gateway, device, 0);
        }
        return device;
    }

    /// A card at the end of the wire, or a device that is the wire's other side itself, where the card's name is a kind
    /// of such devices.
    private NetDevice device(Stack stack) throws NetException {
        if (wire.kind().equals("tun")) {
            Map<String, String> bare = wireOptions();
            bare.put("mode", "ip");
            return up(stack, stack.hardware().link("tap", bare));
        }
        if (stack.hardware().linkKinds().contains(nic.name())) {
            return up(stack, stack.hardware().link(nic.name(), wireOptions()));
        }
        Wire end = stack.hardware().wire(wire.kind(), wireOptions());
        NetDevice device = up(stack, nic.plug(stack, card, end));
        if (end.isUp()) {
            awaitLink(stack, device);
        }
        return device;
    }

    private NetDevice up(Stack stack, NetDevice device) throws NetException {
        setQdisc(stack, device);
        stack.links().up(device);
        return device;
    }

    private static void awaitLink(Stack stack, NetDevice device) {
        long deadline = stack.runtime().clock().nanos() + LINK_NANOS;
        while (!device.hasCarrier() && stack.runtime().clock().nanos() < deadline) {
            stack.runtime().pause(STEP_NANOS);
        }
    }

    private Map<String, String> wireOptions() {
        Map<String, String> options = new TreeMap<>(wire.options());
        if (hostAddress != null) {
            options.put("address", hostAddress.toString());
        }
        return options;
    }

    private void setQdisc(Stack stack, NetDevice device) throws NetException {
        Qdiscs qdiscs = stack.service(Qdiscs.class);
        Options.Builder options = qdiscs.options(qdisc.kind());
        qdisc.options().forEach(options::set);
        qdiscs.replace(device, qdisc.kind(), options.build());
    }
}
