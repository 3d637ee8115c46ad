package dev.netstack4j.cli.trace;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.stack.AssemblyException;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackBuilder;
import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.cli.args.KindWithOptions;
import dev.netstack4j.cli.args.Nic;
import dev.netstack4j.cli.demo.Ping;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// One short life of a network card: it is plugged in, opened, pings a second host, is closed and pulled out. Always
/// the same, so that traces of it can be compared.
public final class ShortLife {
    private static final String MAC = "52:54:00:12:34:56";
    private static final IpAddress OTHER = IpAddress.parse("10.0.0.2");
    private static final int PINGS = 5;
    private static final int BYTES = 56;
    private static final long TIMEOUT_NANOS = 1_000_000_000L;
    private static final long LINK_NANOS = 5_000_000_000L;
    private static final long STEP_NANOS = 1_000_000L;
    private static final long REST_NANOS = 20_000_000L;

    private final Function<StackFactory, StackBuilder> discover;

    /// @param discover gives a builder that knows every module
    public ShortLife(Function<StackFactory, StackBuilder> discover) {
        this.discover = discover;
    }

    /// Lives it.
    ///
    /// @param nic     the card
    /// @param options of it, beside its address
    /// @return how many pings were answered
    public int live(Nic nic, Map<String, String> options) throws AssemblyException, NetException {
        StackFactory factory = StackFactory.find();
        try (StackRuntime runtime = factory.realTime();
                Stack a = nic.announce(discover.apply(factory))
                        .name("a")
                        .runtime(runtime)
                        .build();
                Stack b = discover.apply(factory).name("b").runtime(runtime).build()) {
            Map<String, String> all = new TreeMap<>(options);
            all.put("mac", MAC);
            NetDevice card = nic.plug(a, all, cable(a));
            NetDevice other = new Nic(new KindWithOptions(Nic.EMULATED, Map.of()), "e1000").plug(b, Map.of(), cable(b));
            up(a, card, "10.0.0.1/24");
            up(b, other, "10.0.0.2/24");
            awaitLink(runtime, card);
            int answered = pings(runtime, a);
            a.links().down(card);
            a.hardware().unplug(card);
            return answered;
        }
    }

    private static Wire cable(Stack stack) throws NetException {
        return stack.hardware().wire("cable", Map.of("name", "trace"));
    }

    private static void up(Stack stack, NetDevice device, String address) throws NetException {
        stack.ipv4().addAddress(device, IpPrefix.parse(address));
        stack.links().up(device);
    }

    private static void awaitLink(StackRuntime runtime, NetDevice device) {
        long deadline = runtime.clock().nanos() + LINK_NANOS;
        while (!device.hasCarrier() && runtime.clock().nanos() < deadline) {
            runtime.pause(STEP_NANOS);
        }
    }

    /// One after the other has come to rest.
    private static int pings(StackRuntime runtime, Stack a) throws NetException {
        int answered = 0;
        try (Ping ping = new Ping(a, TIMEOUT_NANOS)) {
            for (int i = 0; i < PINGS; i++) {
                answered += ping.run(OTHER, 1, 1, BYTES).answered(1) ? 1 : 0;
                runtime.pause(REST_NANOS);
            }
        }
        return answered;
    }
}
