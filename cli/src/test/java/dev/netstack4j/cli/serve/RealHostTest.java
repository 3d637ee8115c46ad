package dev.netstack4j.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.cli.args.KindWithOptions;
import dev.netstack4j.cli.args.Nic;
import dev.netstack4j.cli.demo.Pinger;
import dev.netstack4j.cli.http.HttpConversation;
import dev.netstack4j.cli.services.Threads;
import dev.netstack4j.testkit.requires.Requirement;
import dev.netstack4j.testkit.requires.Requires;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@Requires(
        value = {Requirement.ROOT, Requirement.TAP, Requirement.NETWORK_NAMESPACE},
        programs = {"ping", "curl", "nc", "ip", "bash", "sha256sum", "timeout"})
@ParameterizedClass
@ValueSource(strings = {"e1000", "igb", "tap", "tun"})
class RealHostTest {
    private static final int SIZE = 32 << 20;

    private final String nic;

    /// With a card at the TAP, with the TAP as the device itself, or with a TUN.
    RealHostTest(String nic) {
        this.nic = nic;
    }

    @TempDir
    Path site;

    @Test
    void pingLosesNothingAndFragmentsPassBothWays() throws Exception {
        withServer(stack -> {
            run("ping -q -c 3 -W 5 10.77.0.2");
            run("ping -q -f -c 2000 -W 5 10.77.0.2 | grep -q ' 0% packet loss'");
            run("ping -q -c 3 -W 5 -s 8000 10.77.0.2 | grep -q ' 0% packet loss'");
            assertEquals(3, Pinger.replies(stack, IpAddress.parse("10.77.0.1"), 3, 8000));
        });
    }

    @Test
    void ncIsEchoed() throws Exception {
        withServer(stack -> {
            assertEquals("over udp\n", run("echo over udp | timeout 10 nc -u -w 1 10.77.0.2 7"));
            assertEquals("over tcp\n", run("echo over tcp | timeout 10 nc -N -w 5 10.77.0.2 7"));
            assertTrue(run("timeout 10 nc -d -w 5 10.77.0.2 13").endsWith("-UTC\r\n"));
        });
    }

    @Test
    void curlGetsFilesAsTheyAreAlsoManyAtOnce() throws Exception {
        String hash = large();
        withServer(stack -> {
            assertEquals(
                    hash,
                    run("curl -sS -m 60 http://10.77.0.2/large | sha256sum").substring(0, 64));
            assertTrue(packetsToTheHost() < SIZE / 1448 / 4, "the file came in single segments");
            String parallel =
                    "seq 64 | xargs -P 64 -I{} sh -c 'curl -sS -m 100 -r 0-999999 http://10.77.0.2/large | sha256sum'"
                            + " | sort -u | wc -l";
            assertEquals("1", run(parallel).strip());
            assertEquals(
                    "206 404 416 405",
                    run("for o in '-r 5-9 large' '--path-as-is ../x' '-r 99999999- large' '-d x large'; do"
                                    + " set -- $o; u=${!#}; set -- \"${@:1:$#-1}\";"
                                    + " curl -sS -o /dev/null -w '%{http_code} ' \"$@\" http://10.77.0.2/$u; done")
                            .strip());
        });
    }

    private static int packetsToTheHost() throws Exception {
        return Integer.parseInt(
                run("sed -n 's/ *t0://p' /proc/net/dev | awk '{print $2}'").strip());
    }

    private String large() throws Exception {
        byte[] bytes = new byte[SIZE];
        new Random(5).nextBytes(bytes);
        Files.write(site.resolve("large"), bytes);
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private void withServer(Body body) throws Exception {
        Namespace.inside(() -> {
            run("ip link set lo up");
            Stack stack = StackFactory.find()
                    .builder()
                    .name("real")
                    .discover(RealHostTest.class.getClassLoader())
                    .build();
            try (stack) {
                new ServerHost(
                                new KindWithOptions(nic.equals("tun") ? "tun" : "tap", Map.of("name", "t0")),
                                IpPrefix.parse("10.77.0.2/24"),
                                null,
                                IpPrefix.parse("10.77.0.1/24"),
                                new Nic(new KindWithOptions(Nic.EMULATED, Map.of()), nic),
                                Map.of(),
                                new KindWithOptions("pfifo_fast", Map.of()))
                        .attach(stack);
                try (StandardServices services = new StandardServices(stack, Threads.virtual())) {
                    services.startSmallOnes();
                    services.startStream(
                            "http",
                            80,
                            new HttpConversation(site, stack.runtime().clock()));
                    body.with(stack);
                }
            }
            assertEquals(0, stack.packets().live());
            assertTrue(stack.packets().isBalanced());
            return run("! ip link show t0 2> /dev/null");
        });
    }

    private static String run(String command) throws IOException, InterruptedException {
        Process p = new ProcessBuilder("bash", "-c", command)
                .redirectErrorStream(true)
                .start();
        String out = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, p.waitFor(), () -> command + ": " + out);
        return out;
    }

    private interface Body {
        void with(Stack stack) throws Exception;
    }
}
