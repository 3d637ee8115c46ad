package dev.netstack4j.systemtests.steady;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.device.DeviceFeatures;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackBuilder;
import dev.netstack4j.api.stack.StackFactory;
import java.util.List;
import java.util.Map;

/// Three hosts in a row: `left`, a `router`, `right`, on two cables with a rate, so that rings and
/// queues fill and timers run. The left cable has an 82576 at both ends, the right one an 82540EM.
final class Row implements AutoCloseable {
    static final String LEFT = "10.1.0.2";
    static final String ROUTER_LEFT = "10.1.0.1";
    static final String ROUTER_RIGHT = "10.2.0.1";
    static final String RIGHT = "10.2.0.2";

    private static final IpPrefix EVERYWHERE = IpPrefix.parse("0.0.0.0/0");
    private static final long LINK_NANOS = 5_000_000_000L;
    static final long STEP_NANOS = 1_000_000L;
    private static final int MEMORY = 64 << 20;

    private static final String RATE = "1gbit";

    final StackRuntime runtime;
    final Stack left;
    final Stack router;
    final Stack right;

    /// @param loss share of the frames on the left cable that vanish, in each direction
    Row(StackRuntime runtime, String loss) throws Exception {
        this.runtime = runtime;
        left = host("left").build();
        router = host("router").sysctl("net.ipv4.ip_forward", 1).build();
        right = host("right").build();
        NetDevice ofLeft = plug(left, "82576", Map.of("name", "left", "rate", RATE, "loss", loss), LEFT);
        plug(router, "82576", Map.of("name", "left", "rate", RATE, "loss", loss), ROUTER_LEFT);
        plug(router, "82540em", Map.of("name", "right", "rate", RATE), ROUTER_RIGHT);
        NetDevice ofRight = plug(right, "82540em", Map.of("name", "right", "rate", RATE), RIGHT);
        awaitLinks();
        left.ipv4().addRoute(EVERYWHERE, IpAddress.parse(ROUTER_LEFT), ofLeft, 0);
        right.ipv4().addRoute(EVERYWHERE, IpAddress.parse(ROUTER_RIGHT), ofRight, 0);
    }

    private StackBuilder host(String name) {
        return StackFactory.find()
                .builder()
                .name(name)
                .runtime(runtime)
                .memory(MEMORY)
                .discover(Row.class.getClassLoader());
    }

    private static NetDevice plug(Stack stack, String model, Map<String, String> cable, String address)
            throws Exception {
        Wire wire = stack.hardware().wire("cable", cable);
        NetDevice card = stack.hardware().plug("emulated", model, Map.of(), wire);
        stack.ipv4().addAddress(card, IpPrefix.parse(address + "/24"));
        stack.links().up(card);
        return card;
    }

    private void awaitLinks() {
        long deadline = runtime.clock().nanos() + LINK_NANOS;
        while (!haveLinks() && runtime.clock().nanos() < deadline) {
            runtime.pause(STEP_NANOS);
        }
    }

    private boolean haveLinks() {
        return hosts().stream().flatMap(s -> s.links().all().stream()).allMatch(NetDevice::hasCarrier);
    }

    /// The left cable's packets become single frames: nothing is segmented by a card, nothing merged.
    void singleFrames() throws NetException {
        for (Stack s : List.of(left, router)) {
            NetDevice card = s.device("eth0");
            long merged = DeviceFeatures.TSO | DeviceFeatures.GSO | DeviceFeatures.GRO;
            s.links().features(card, card.config().features() & ~merged);
        }
    }

    /// All three.
    List<Stack> hosts() {
        return List.of(left, router, right);
    }

    /// Packets that any device of any host has sent.
    long sent() {
        return hosts().stream()
                .mapToLong(s -> s.links().all().stream()
                        .mapToLong(d -> s.links().stats(d).txPackets)
                        .sum())
                .sum();
    }

    /// Closes all; every packet must have ended.
    @Override
    public void close() {
        hosts().forEach(Stack::close);
        runtime.close();
        for (Stack s : hosts()) {
            if (s.packets().live() != 0 || !s.packets().isBalanced()) {
                throw new AssertionError(s.name() + " leaks: " + s.packets().liveSkBuffs());
            }
        }
    }
}
