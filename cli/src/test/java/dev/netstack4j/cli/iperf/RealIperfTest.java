package dev.netstack4j.cli.iperf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.cli.args.KindWithOptions;
import dev.netstack4j.cli.args.Nic;
import dev.netstack4j.cli.serve.Namespace;
import dev.netstack4j.cli.serve.ServerHost;
import dev.netstack4j.testkit.requires.Requirement;
import dev.netstack4j.testkit.requires.Requires;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The real iperf3 at the other end of a TAP, as client and as server.
@Requires(
        value = {Requirement.ROOT, Requirement.TAP, Requirement.NETWORK_NAMESPACE},
        programs = {"iperf3", "ip", "timeout"})
class RealIperfTest {
    private static final double RATE = 5e6;

    @ParameterizedTest
    @CsvSource({"-i 1", "-R", "-R -P 3", "-u -b 5M", "-u -b 5M -R -P 2"})
    void itsClientIsServed(String options) throws Exception {
        within(stack -> {
            try (IperfServer server = new IperfServer(stack, 5201)) {
                Process client = start("iperf3 -J -t 1 -c 10.77.0.2 " + options);
                Outcome outcome = served(server, client);
                String json = output(client);
                check(outcome, options, json);
                assertEquals(
                        inJson(json, "sum_received", "bytes"),
                        outcome.received().bytes());
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"false,false,1", "false,true,3", "true,false,2", "true,true,1"})
    void itsServerIsAsked(boolean udp, boolean reverse, int streams) throws Exception {
        within(stack -> {
            Process server = start("iperf3 -s -1 -J");
            awaitListening();
            int length = udp ? 1000 : TestPlan.BLOCK;
            TestPlan plan = new TestPlan(udp, 1, streams, reverse, length, udp ? (long) RATE : 0, false);
            Outcome outcome = new IperfClient(stack, InetSockAddress.of("10.77.0.1", 5201), plan).run();
            check(outcome, (udp ? "-u " : "") + "-P " + streams, output(server));
        });
    }

    private static Outcome served(IperfServer server, Process client) throws Exception {
        try {
            return server.serve();
        } catch (IOException e) {
            throw new AssertionError(new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8), e);
        }
    }

    private static void check(Outcome outcome, String options, String json) {
        assertTrue(!json.contains("\"error\""), json);
        assertTrue(outcome.received().bytes() > 0, json);
        assertTrue(outcome.sent().bytes() >= outcome.received().bytes(), outcome.toString());
        if (options.contains("-u")) {
            double wanted = RATE * outcome.plan().streams();
            assertTrue(outcome.received().rate() < wanted * 1.1, json);
            long came = outcome.received().packets() - outcome.received().lost();
            assertEquals(came * outcome.plan().length(), outcome.received().bytes(), json);
        }
    }

    private static long inJson(String json, String object, String field) {
        Matcher m = Pattern.compile("\"" + object + "\":\\s*\\{[^}]*\"" + field + "\":\\s*(\\d+)")
                .matcher(json);
        assertTrue(m.find(), json);
        return Long.parseLong(m.group(1));
    }

    private interface Body {
        void with(Stack stack) throws Exception;
    }

    private static void within(Body body) throws Exception {
        Namespace.inside(() -> {
            output(start("ip link set lo up"));
            Stack stack = StackFactory.find()
                    .builder()
                    .name("iperf")
                    .discover(RealIperfTest.class.getClassLoader())
                    .build();
            try (stack) {
                new ServerHost(
                                new KindWithOptions("tap", Map.of("name", "t0")),
                                IpPrefix.parse("10.77.0.2/24"),
                                null,
                                IpPrefix.parse("10.77.0.1/24"),
                                new Nic(new KindWithOptions(Nic.EMULATED, Map.of()), "tap"),
                                Map.of(),
                                new KindWithOptions("pfifo_fast", Map.of()))
                        .attach(stack);
                body.with(stack);
            }
            return 0;
        });
    }

    private static void awaitListening() throws Exception {
        output(start(
                "for i in $(seq 200); do grep -q ':1451 .* 0A ' /proc/net/tcp6 /proc/net/tcp && exit 0; sleep 0.05;"
                        + " done; exit 1"));
    }

    private static Process start(String command) throws IOException {
        return new ProcessBuilder("timeout", "60", "bash", "-c", command)
                .redirectErrorStream(true)
                .start();
    }

    private static String output(Process p) throws IOException, InterruptedException {
        String out = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, p.waitFor(), out);
        return out;
    }
}
