package dev.netstack4j.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.cli.args.KindWithOptions;
import dev.netstack4j.cli.args.Nic;
import dev.netstack4j.cli.control.ControlAddress;
import dev.netstack4j.cli.control.ControlServer;
import dev.netstack4j.cli.control.host.HostPlan;
import dev.netstack4j.testkit.requires.Requirement;
import dev.netstack4j.testkit.requires.Requires;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The host's curl fetches from a server that is written in Python on the stack's sockets.
@Requires(
        value = {Requirement.ROOT, Requirement.TAP, Requirement.NETWORK_NAMESPACE},
        programs = {"curl", "ip", "python3"})
class ControlOnRealHostTest {
    private static final String SERVER = """
            import sys
            sys.path.insert(0, sys.argv[2])
            from netstack_control import Connection
            c = Connection(sys.argv[1])
            fd = c.call("socket", domain="AF_INET", type="SOCK_STREAM")["ret"]
            c.call("bind", fd=fd, ip="0.0.0.0", port=8080)
            c.call("listen", fd=fd, backlog=5)
            print("listening", flush=True)
            peer = c.call("accept", fd=fd)["ret"]
            request = b""
            while b"\\r\\n\\r\\n" not in request:
                request += bytes.fromhex(c.call("recvmsg", fd=peer, len=4096)["data"])
            c.call("sendmsg", fd=peer, text="HTTP/1.0 200 OK\\r\\nContent-Length: 500000\\r\\n\\r\\n")
            left = 500000
            while left:
                left -= c.call("sendmsg", fd=peer, zeros=left)["ret"]
            c.call("shutdown", fd=peer, how="SHUT_WR")
            c.call("bye")
            """;

    @TempDir
    Path directory;

    @Test
    void curlFetchesFromPython() throws Exception {
        Namespace.inside(() -> {
            assertEquals("", run("ip", "link", "set", "lo", "up"));
            ControlServer server =
                    ControlServer.start(ControlAddress.parse("unix:" + directory.resolve("s"), false), plan());
            try (server) {
                Process python = start(
                        "python3", "-B", "-c", SERVER, directory.resolve("s").toString(), examples());
                assertEquals(
                        "listening", python.inputReader(StandardCharsets.UTF_8).readLine());
                String fetched = run(
                        "curl",
                        "-s",
                        "-m",
                        "60",
                        "-o",
                        "/dev/null",
                        "-w",
                        "%{size_download}",
                        "http://10.77.0.2:8080/");
                assertEquals("500000", fetched);
                assertTrue(python.waitFor(60, TimeUnit.SECONDS));
                assertEquals(0, python.exitValue());
            }
            return 0;
        });
    }

    private static String examples() {
        Path here = Path.of("").toAbsolutePath();
        Path docs = Files.exists(here.resolve("docs")) ? here.resolve("docs") : here.resolveSibling("docs");
        return docs.resolve("examples").toString();
    }

    private static HostPlan plan() {
        StackFactory factory = StackFactory.find();
        ServerHost host = new ServerHost(
                new KindWithOptions("tap", Map.of("name", "t0")),
                IpPrefix.parse("10.77.0.2/24"),
                null,
                IpPrefix.parse("10.77.0.1/24"),
                new Nic(new KindWithOptions(Nic.EMULATED, Map.of()), "e1000"),
                Map.of(),
                new KindWithOptions("pfifo_fast", Map.of()));
        return new HostPlan(
                factory,
                () -> factory.builder()
                        .name("real")
                        .memory(64 << 20)
                        .discover(ControlOnRealHostTest.class.getClassLoader()),
                false,
                1,
                List.of(),
                host::attach);
    }

    private static Process start(String... command) throws Exception {
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String run(String... command) throws Exception {
        Process p = start(command);
        String out = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(p.waitFor(90, TimeUnit.SECONDS));
        return out;
    }
}
