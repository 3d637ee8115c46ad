package dev.netstack4j.systemtests.walk;

import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.error.Errno;
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
import dev.netstack4j.api.statistics.Counters;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/// Two hosts, 10.0.0.1 and 10.0.0.2, on one cable.
public final class Pair implements AutoCloseable {
    /// Nanoseconds.
    public static final long SECOND = 1_000_000_000L;
    private static final long LINK_NANOS = 5 * SECOND;
    private static final long STEP_NANOS = 1_000_000L;
    private static final int MOST_TRIES = 200;
    private static final int MEMORY = 32 << 20;

    /// Time and threads of both.
    public final StackRuntime runtime;
    /// Host 10.0.0.1.
    public final Stack a;
    /// Host 10.0.0.2.
    public final Stack b;

    private Pair(StackRuntime runtime, Stack a, Stack b) {
        this.runtime = runtime;
        this.a = a;
        this.b = b;
    }

    /// In virtual time, over a cable without rate, delay or loss.
    public static Pair virtual(StackModule... extra) throws AssemblyException, NetException {
        return of(StackFactory.find().virtualTime(42), Map.of(), extra);
    }

    /// In virtual time, the first host with another card than usual.
    public static Pair virtual(Card first, Map<String, String> cable) throws AssemblyException, NetException {
        return of(StackFactory.find().virtualTime(42), cable, first);
    }

    /// In real time, over a cable without rate, delay or loss.
    public static Pair real() throws AssemblyException, NetException {
        return of(StackFactory.find().realTime(), Map.of());
    }

    /// @param cable options of the cable
    public static Pair of(StackRuntime runtime, Map<String, String> cable, StackModule... extra)
            throws AssemblyException, NetException {
        return of(runtime, cable, Card.USUAL, extra);
    }

    /// A network card.
    ///
    /// @param bus     kind of the bus that it sits on
    /// @param model   its name there
    /// @param options of bus and driver for it
    public record Card(String bus, String model, Map<String, String> options) {
        static final Card USUAL = new Card("emulated", "82540em", Map.of());
    }

    /// In virtual time, the first host with another card than usual.
    public static Pair virtual(Card first, StackModule... extra) throws AssemblyException, NetException {
        return of(StackFactory.find().virtualTime(42), Map.of(), first, extra);
    }

    /// In real time, the first host with another card than usual.
    public static Pair real(Card first, StackModule... extra) throws AssemblyException, NetException {
        return of(StackFactory.find().realTime(), Map.of(), first, extra);
    }

    private static Pair of(StackRuntime runtime, Map<String, String> cable, Card first, StackModule... extra)
            throws AssemblyException, NetException {
        Stack a = host("a", 1, runtime, cable, first, extra);
        Stack b = host("b", 2, runtime, cable, Card.USUAL, extra);
        Pair pair = new Pair(runtime, a, b);
        pair.awaitLink();
        return pair;
    }

    private static Stack host(
            String name, int number, StackRuntime runtime, Map<String, String> cable, Card fitted, StackModule... extra)
            throws AssemblyException, NetException {
        StackBuilder builder = StackFactory.find()
                .builder()
                .name(name)
                .runtime(runtime)
                .memory(MEMORY)
                .bus(fitted.bus(), Map.of())
                .discover(Pair.class.getClassLoader());
        for (StackModule m : extra) {
            builder.with(m);
        }
        Stack stack = builder.build();
        plug(stack, number, cable, fitted);
        return stack;
    }

    private static void plug(Stack stack, int number, Map<String, String> cable, Card fitted) throws NetException {
        Map<String, String> options = new TreeMap<>(cable);
        options.put("name", "pair");
        Wire wire = stack.hardware().wire("cable", options);
        NetDevice card = stack.hardware().plug(fitted.bus(), fitted.model(), fitted.options(), wire);
        stack.ipv4().addAddress(card, IpPrefix.parse("10.0.0." + number + "/24"));
        stack.links().up(card);
    }

    private void awaitLink() {
        comesTrue(() -> a.device("eth0").hasCarrier() && b.device("eth0").hasCarrier());
    }

    /// Waits for a condition.
    ///
    /// @return whether it held within five seconds
    public boolean comesTrue(BooleanSupplier condition) {
        long deadline = runtime.clock().nanos() + LINK_NANOS;
        while (!condition.getAsBoolean() && runtime.clock().nanos() < deadline) {
            runtime.pause(STEP_NANOS);
        }
        return condition.getAsBoolean();
    }

    /// Plugs the usual card into b, which has none.
    public void plugB() throws NetException {
        plug(b, 2, Map.of(), Card.USUAL);
    }

    /// Plugs a card into a, which has none.
    public void plugA(Card fitted) throws NetException {
        plug(a, 1, Map.of(), fitted);
    }

    /// @param host 1 or 2
    public static InetSockAddress addressOf(int host, int port) {
        return InetSockAddress.of("10.0.0." + host, port);
    }

    /// A counter of a host.
    public static long count(Stack stack, String counter) {
        return stack.service(Counters.class).value(counter);
    }

    /// An application that may throw.
    public interface Body {
        void run() throws Exception;
    }

    /// Starts an application.
    public AppThread start(String name, Body body) {
        return runtime.start(name, () -> {
            try {
                body.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /// What an application does with one connection.
    public interface Talk {
        void on(StreamSocket socket) throws Exception;
    }

    /// Connects from a to b, and lets both ends talk until they are done.
    public void connect(Talk client, Talk server) {
        AppThread serving = start("server", () -> {
            try (StreamServer listener = StreamServer.listen(b.sockets(), addressOf(2, 80), 8);
                    StreamSocket s = listener.accept()) {
                server.on(s);
            }
        });
        AppThread asking = start("client", () -> {
            runtime.pause(STEP_NANOS);
            try (StreamSocket s = connectWhenItListens()) {
                client.on(s);
            }
        });
        asking.join();
        serving.join();
    }

    /// In real time the server may take longer to listen than the client waits.
    private StreamSocket connectWhenItListens() throws NetException {
        for (int tries = 1; ; tries++) {
            try {
                return StreamSocket.connect(a.sockets(), addressOf(2, 80));
            } catch (NetException e) {
                if (e.errno() != Errno.ECONNREFUSED || tries == MOST_TRIES) {
                    throw e;
                }
                runtime.pause(STEP_NANOS);
            }
        }
    }

    /// Sends `bytes` from a to b and reads them there.
    ///
    /// @return what b read
    public byte[] transfer(byte[] bytes) {
        byte[] got = new byte[bytes.length];
        connect(s -> write(s, bytes), s -> readAll(s, got));
        return got;
    }

    /// Sends `bytes` from b to a and reads them there.
    ///
    /// @return what a read
    public byte[] transferBack(byte[] bytes) {
        byte[] got = new byte[bytes.length];
        connect(s -> readAll(s, got), s -> write(s, bytes));
        return got;
    }

    private static void write(StreamSocket s, byte[] bytes) throws NetException {
        s.write(bytes, 0, bytes.length);
        s.shutdownOutput();
    }

    private static void readAll(StreamSocket s, byte[] got) throws NetException {
        int at = 0;
        for (int n = s.read(got, at, got.length - at); n > 0; n = s.read(got, at, got.length - at)) {
            at += n;
        }
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
