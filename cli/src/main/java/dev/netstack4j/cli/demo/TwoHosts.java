package dev.netstack4j.cli.demo;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.qdisc.Qdiscs;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.api.stack.AssemblyException;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackBuilder;
import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.cli.args.KindWithOptions;
import dev.netstack4j.cli.args.Nic;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// Hosts A and B with a network card each, joined by a cable. They share one runtime.
public final class TwoHosts implements AutoCloseable {
    /// Address of host A.
    public static final IpAddress ADDRESS_A = IpAddress.parse("10.0.0.1");
    /// Address of host B.
    public static final IpAddress ADDRESS_B = IpAddress.parse("10.0.0.2");

    private static final String MAC_A = "02:00:00:00:00:0a";
    private static final String MAC_B = "02:00:00:00:00:0b";
    private static final String QUEUES_B = "4";
    private static final int PREFIX = 24;
    private static final long LINK_NANOS = 5_000_000_000L;
    private static final long STEP_NANOS = 1_000_000L;
    private static final long MEMORY = 128L << 20;

    private final StackRuntime runtime;
    private final Host a;
    private final Host b;
    private boolean closed;

    private TwoHosts(StackRuntime runtime, Host a, Host b) {
        this.runtime = runtime;
        this.a = a;
        this.b = b;
    }

    /// One of them.
    ///
    /// @param stack  its stack
    /// @param device its network card
    public record Host(Stack stack, NetDevice device) {}

    /// Assembles both and brings their devices up.
    ///
    /// @param runtime  shared; closed with the hosts
    /// @param discover gives a builder that knows every module
    /// @param bus      on which the network cards sit
    /// @param cable    options of the cable: rate, delay, loss
    /// @param extras   further options of the card of host `a` or `b`
    public static TwoHosts assemble(
            StackRuntime runtime,
            Function<StackFactory, StackBuilder> discover,
            KindWithOptions bus,
            Map<String, String> cable,
            Extras extras)
            throws AssemblyException, IOException {
        StackFactory factory = StackFactory.find();
        Nic e1000 = new Nic(bus, "e1000");
        Nic igb = new Nic(bus, "igb");
        Stack a = build(e1000.announce(discover.apply(factory)), "A", runtime);
        Stack b = build(igb.announce(discover.apply(factory)), "B", runtime);
        Host hostA = new Host(a, plug(a, e1000, with(extras.of("a"), "mac", MAC_A), cable));
        Host hostB = new Host(b, plug(b, igb, with(extras.of("b"), "mac", MAC_B, "queues", QUEUES_B), cable));
        setUp(hostA, ADDRESS_A, "pfifo_fast", Map.of());
        setUp(hostB, ADDRESS_B, "tbf", Map.of("rate", "40gbit"));
        return new TwoHosts(runtime, hostA, hostB);
    }

    /// Further options of a card.
    @FunctionalInterface
    public interface Extras {
        /// None.
        Extras NONE = host -> Map.of();

        /// Those of the card of host `a` or `b`.
        Map<String, String> of(String host) throws IOException;
    }

    private static Map<String, String> with(Map<String, String> extras, String... usual) {
        Map<String, String> all = new TreeMap<>(extras);
        for (int i = 0; i < usual.length; i += 2) {
            all.put(usual[i], usual[i + 1]);
        }
        return all;
    }

    /// Waits until both cards have seen the link: what is sent earlier is lost. On a thread of the runtime, or in real
    /// time.
    void awaitLink() {
        long deadline = runtime.clock().nanos() + LINK_NANOS;
        while (runtime.clock().nanos() < deadline
                && !(a.device().hasCarrier() && b.device().hasCarrier())) {
            runtime.pause(STEP_NANOS);
        }
    }

    private static Stack build(StackBuilder builder, String name, StackRuntime runtime) throws AssemblyException {
        return builder.name(name).runtime(runtime).memory(MEMORY).build();
    }

    private static NetDevice plug(Stack stack, Nic nic, Map<String, String> card, Map<String, String> cable)
            throws NetException {
        Map<String, String> options = new TreeMap<>(cable);
        options.put("name", "demo");
        Wire wire = stack.hardware().wire("cable", options);
        return nic.plug(stack, card, wire);
    }

    private static void setUp(Host host, IpAddress address, String qdisc, Map<String, String> texts)
            throws NetException {
        Stack stack = host.stack();
        Qdiscs qdiscs = stack.service(Qdiscs.class);
        Options.Builder options = qdiscs.options(qdisc);
        texts.forEach(options::set);
        qdiscs.replace(host.device(), qdisc, options.build());
        stack.links().up(host.device());
        stack.ipv4().addAddress(host.device(), IpPrefix.of(address, PREFIX));
    }

    /// Host A.
    public Host a() {
        return a;
    }

    /// Host B.
    public Host b() {
        return b;
    }

    /// Time and threads.
    public StackRuntime runtime() {
        return runtime;
    }

    /// A second call does nothing.
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        a.stack().close();
        b.stack().close();
        runtime.close();
    }
}
