package dev.netstack4j.cli.iperf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.runtime.StackRuntime.AppThread;
import dev.netstack4j.api.runtime.VirtualRuntime;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.StreamServer;
import dev.netstack4j.api.socket.StreamSocket;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Client and server on two stacks in virtual time, on a cable of 20 Mbit/s.
class IperfBetweenStacksTest {
    private static final double CABLE = 20e6;

    private final VirtualRuntime runtime = StackFactory.find().virtualTime(7);
    private Stack a;
    private Stack b;

    @BeforeEach
    void assemble() throws Exception {
        a = host("a", 1);
        b = host("b", 2);
        runtime.start("link", () -> runtime.pause(3_000_000_000L)).join();
    }

    private Stack host(String name, int number) throws Exception {
        Stack stack = StackFactory.find()
                .builder()
                .name(name)
                .runtime(runtime)
                .discover(IperfBetweenStacksTest.class.getClassLoader())
                .build();
        NetDevice card = stack.hardware()
                .plug(
                        "emulated",
                        "82540em",
                        Map.of(),
                        stack.hardware().wire("cable", Map.of("name", "c", "rate", "20mbit")));
        stack.ipv4().addAddress(card, IpPrefix.parse("10.0.0." + number + "/24"));
        stack.links().up(card);
        return stack;
    }

    @AfterEach
    void nothingLeaks() {
        runtime.start("rest", () -> runtime.pause(70_000_000_000L)).join();
        a.close();
        b.close();
        runtime.close();
        assertEquals(0, a.packets().live() + b.packets().live());
    }

    private record Both(Outcome client, Outcome server) {}

    private Both test(TestPlan plan) throws Exception {
        List<Outcome> outcomes = new ArrayList<>();
        try (IperfServer server = new IperfServer(b, 5201)) {
            AppThread serving = runtime.start("server", () -> outcomes.addFirst(quietly(server::serve)));
            AppThread asking = runtime.start(
                    "client",
                    () -> outcomes.addLast(
                            quietly(() -> new IperfClient(a, InetSockAddress.of("10.0.0.2", 5201), plan).run())));
            asking.join();
            serving.join();
        }
        assertEquals(2, outcomes.size());
        return new Both(outcomes.getLast(), outcomes.getFirst());
    }

    private static <T> T quietly(Callable<T> body) {
        try {
            return body.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"1,false", "1,true", "3,false", "3,true"})
    void connectionsFillTheCable(int streams, boolean reverse) throws Exception {
        Both both = test(new TestPlan(false, 1, streams, reverse, TestPlan.BLOCK, 0, false));
        assertEquals(both.client.received(), both.server.received());
        assertEquals(both.client.sent(), both.server.sent());
        double rate = both.client.received().rate();
        assertTrue(rate > 0.85 * CABLE && rate < CABLE, "rate " + rate);
        assertEquals(1, both.client.received().seconds(), 0.2);
        assertTrue(both.client.sent().bytes() >= both.client.received().bytes());
    }

    @ParameterizedTest
    @CsvSource({"1,false", "1,true", "2,false", "2,true"})
    void datagramsKeepTheirRateAndAreAllCounted(int streams, boolean reverse) throws Exception {
        Both both = test(new TestPlan(true, 1, streams, reverse, 1000, 2_000_000, false));
        Counted received = both.client.received();
        assertEquals(received, both.server.received());
        assertEquals(streams * 2e6, received.rate(), streams * 2e6 * 0.05);
        assertEquals(0, received.lost());
        assertTrue(received.packets() >= both.client.sent().packets() - streams);
        assertTrue(received.jitter() < 0.005, "jitter " + received.jitter());
    }

    @Test
    void datagramsBeyondTheCablesRateAreHeldBackBySendBuffer() throws Exception {
        Both both = test(new TestPlan(true, 1, 1, false, 1000, 40_000_000, true));
        Counted received = both.client.received();
        assertEquals(received, both.server.received());
        assertTrue(received.rate() > 0.85 * CABLE && received.rate() < CABLE, "rate " + received.rate());
        assertEquals(received.packets() * 1000, received.bytes());
    }

    @Test
    void aConnectionKeepsTheRateThatIsAskedFor() throws Exception {
        Both both = test(new TestPlan(false, 3, 1, false, 8192, 5_000_000, false));
        assertEquals(5e6, both.client.received().rate(), 0.3e6);
    }

    @Test
    void aServerThatSpeaksSomethingElseIsNamed() throws Exception {
        StreamServer echo = StreamServer.listen(b.sockets(), InetSockAddress.of("10.0.0.2", 7), 1);
        AppThread serving = runtime.start(
                "echo",
                () -> quietly(() -> {
                    try (StreamSocket peer = echo.accept()) {
                        byte[] bytes = new byte[100];
                        int n = peer.read(bytes, 0, bytes.length);
                        peer.write(bytes, 0, n);
                    }
                    return 0;
                }));
        TestPlan plan = new TestPlan(false, 1, 1, false, 1000, 0, false);
        AppThread asking = runtime.start("client", () -> {
            IOException e = assertThrows(
                    IOException.class, () -> new IperfClient(a, InetSockAddress.of("10.0.0.2", 7), plan).run());
            assertTrue(String.valueOf(e.getMessage()).contains("no server of iperf3"), e::toString);
        });
        asking.join();
        serving.join();
        echo.close();
    }

    @Test
    void aClientThatFallsSilentDoesNotKeepTheServer() throws Exception {
        try (IperfServer server = new IperfServer(b, 5201)) {
            AppThread serving = runtime.start("server", () -> assertThrows(IOException.class, server::serve));
            AppThread silent = runtime.start(
                    "client",
                    () -> quietly(() -> {
                        try (StreamSocket s = StreamSocket.connect(a.sockets(), InetSockAddress.of("10.0.0.2", 5201))) {
                            runtime.pause(40_000_000_000L);
                            assertTrue(serving.isDone());
                        }
                        return 0;
                    }));
            silent.join();
            serving.join();
        }
    }
}
