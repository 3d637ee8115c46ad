package dev.netstack4j.systemtests.igb;

import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.runtime.StackRuntime.AppThread;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.StreamServer;
import dev.netstack4j.api.socket.StreamSocket;
import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.api.stack.AssemblyException;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackBuilder;
import dev.netstack4j.api.stack.StackFactory;
import java.util.Map;
import java.util.TreeMap;

/// Two hosts, 10.0.0.1 and 10.0.0.2, in virtual time on one cable, with cards of the test's choice.
final class Hosts implements AutoCloseable {
    static final long SECOND = 1_000_000_000L;
    private static final long LINK_NANOS = 5 * SECOND;
    private static final long STEP_NANOS = 1_000_000L;
    private static final int MEMORY = 64 << 20;

    /// A card in one host.
    ///
    /// @param model   a model of the emulated bus
    /// @param cpus    CPUs of the host
    /// @param options of bus and driver
    record Card(String model, int cpus, Map<String, String> options) {
        static Card igb(int cpus, String... options) {
            return new Card("82576", cpus, pairs(options));
        }

        static Card e1000(String... options) {
            return e1000(1, options);
        }

        static Card e1000(int cpus, String... options) {
            return new Card("82540em", cpus, pairs(options));
        }
    }

    final StackRuntime runtime;
    final Stack a;
    final Stack b;
    final NetDevice cardA;
    final NetDevice cardB;

    private Hosts(StackRuntime runtime, Stack a, Stack b) {
        this.runtime = runtime;
        this.a = a;
        this.b = b;
        cardA = a.device("eth0");
        cardB = b.device("eth0");
    }

    static Map<String, String> pairs(String... texts) {
        Map<String, String> map = new TreeMap<>();
        for (String t : texts) {
            map.put(t.substring(0, t.indexOf('=')), t.substring(t.indexOf('=') + 1));
        }
        return map;
    }

    static Hosts of(Card first, Card second, Map<String, String> cable, StackModule... extra)
            throws AssemblyException, NetException {
        StackRuntime runtime = StackFactory.find().virtualTime(42);
        Stack a = host("a", 1, runtime, first, cable, extra);
        Stack b = host("b", 2, runtime, second, cable, extra);
        Hosts hosts = new Hosts(runtime, a, b);
        hosts.awaitLink();
        return hosts;
    }

    private static Stack host(
            String name, int number, StackRuntime runtime, Card card, Map<String, String> cable, StackModule... extra)
            throws AssemblyException, NetException {
        StackBuilder builder = StackFactory.find()
                .builder()
                .name(name)
                .runtime(runtime)
                .cpus(card.cpus)
                .memory(MEMORY)
                .discover(Hosts.class.getClassLoader());
        for (StackModule m : extra) {
            builder.with(m);
        }
        Stack stack = builder.build();
        Map<String, String> wireOptions = new TreeMap<>(cable);
        wireOptions.put("name", "igb");
        Wire wire = stack.hardware().wire("cable", wireOptions);
        NetDevice device = stack.hardware().plug("emulated", card.model, card.options, wire);
        stack.ipv4().addAddress(device, IpPrefix.parse("10.0.0." + number + "/24"));
        stack.links().up(device);
        return stack;
    }

    void awaitLink() {
        long deadline = runtime.clock().nanos() + LINK_NANOS;
        while (!(a.device("eth0").hasCarrier() && b.device("eth0").hasCarrier())
                && runtime.clock().nanos() < deadline) {
            runtime.pause(STEP_NANOS);
        }
    }

    static InetSockAddress addressOf(int host, int port) {
        return InetSockAddress.of("10.0.0." + host, port);
    }

    /// A count of the chip or its driver.
    static long count(Stack stack, String name) {
        return stats(stack).chip().getOrDefault(name, 0L);
    }

    static DeviceStats stats(Stack stack) {
        return stack.links().stats(stack.device("eth0"));
    }

    /// An application that may throw.
    interface Body {
        void run() throws Exception;
    }

    AppThread start(String name, Body body) {
        return runtime.start(name, () -> {
            try {
                body.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /// Sends `bytes` from a to b over TCP and reads them there.
    ///
    /// @return what b read
    byte[] transfer(byte[] bytes, int port) {
        byte[] got = new byte[bytes.length];
        AppThread reader = start("reader", () -> {
            try (StreamServer listener = StreamServer.listen(b.sockets(), addressOf(2, port), 8);
                    StreamSocket s = listener.accept()) {
                int at = 0;
                for (int n = s.read(got, at, got.length - at); n > 0; n = s.read(got, at, got.length - at)) {
                    at += n;
                }
            }
        });
        AppThread writer = start("writer", () -> {
            runtime.pause(STEP_NANOS);
            try (StreamSocket s = StreamSocket.connect(a.sockets(), addressOf(2, port))) {
                s.write(bytes, 0, bytes.length);
                s.shutdownOutput();
            }
        });
        writer.join();
        reader.join();
        return got;
    }

    /// Closes both; every packet must have ended.
    @Override
    public void close() {
        a.close();
        b.close();
        runtime.close();
        for (Stack s : new Stack[] {a, b}) {
            if (s.packets().live() != 0 || !s.packets().isBalanced()) {
                throw new AssertionError(s.name() + " leaks: " + s.packets().liveSkBuffs());
            }
        }
    }
}
