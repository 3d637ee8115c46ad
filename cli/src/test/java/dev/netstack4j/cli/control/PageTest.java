package dev.netstack4j.cli.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.cli.control.link.LinkSettings;
import dev.netstack4j.testkit.requires.Requires;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The documentation's examples, and its client for Python.
class PageTest {
    private static Path docs() {
        Path here = Path.of("").toAbsolutePath();
        Path root = Files.exists(here.resolve("docs"))
                ? here
                : here.resolveSibling("docs").getParent();
        return root.resolve("docs");
    }

    @Test
    void theExamplesOfThePageAreTrue() throws Exception {
        List<String> lines = Files.readAllLines(docs().resolve("control-socket.md"));
        int compared = 0;
        try (Bench bench = Bench.virtual(LinkSettings.ip("tun0"));
                Client client = new Client(bench.server.localAddress())) {
            for (String line : lines) {
                if (line.startsWith("> ")) {
                    client.raw(line.substring(2) + "\n");
                } else if (line.startsWith("< ")) {
                    String pattern = Pattern.quote(line.substring(2)).replace("*", "\\E.*\\Q");
                    String said = client.line();
                    assertTrue(said.matches(pattern), () -> said + " is not " + line);
                    compared++;
                }
            }
        }
        assertTrue(compared >= 10, compared + " examples");
    }

    @Test
    @Requires(programs = "python3")
    void theClientForPythonTalksToItself() throws Exception {
        String script = """
                import sys
                sys.path.insert(0, sys.argv[2])
                from netstack_control import CallFailed, Connection, Fault
                one = Connection(sys.argv[1], session="py")
                two = Connection(sys.argv[1], session="py")
                listener = one.call("socket", domain="AF_INET", type="SOCK_STREAM")["ret"]
                one.call("bind", fd=listener, ip="127.0.0.1", port=80)
                one.call("listen", fd=listener, backlog=1)
                two.send("accept", fd=listener, notify=True)
                assert two.receive()["blocked"]
                client = one.call("socket", domain="AF_INET", type="SOCK_STREAM")["ret"]
                one.call("connect", fd=client, ip="127.0.0.1", port=80)
                served = two.result()["ret"]
                one.call("sendmsg", fd=client, text="from python")
                data = two.call("recvmsg", fd=served, len=100)["data"]
                try:
                    one.call("close", fd=99)
                except CallFailed as e:
                    assert e.errname == "EBADF"
                try:
                    one.call("nothing")
                except Fault:
                    print(bytes.fromhex(data).decode())
                """;
        try (Bench bench = Bench.virtual()) {
            Process python = new ProcessBuilder(
                            "python3",
                            "-B",
                            "-c",
                            script,
                            bench.socket().toString(),
                            docs().resolve("examples").toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(python.waitFor(60, TimeUnit.SECONDS));
            assertEquals("from python\n", said);
        }
    }
}
