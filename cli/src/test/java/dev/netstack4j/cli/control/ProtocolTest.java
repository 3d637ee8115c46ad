package dev.netstack4j.cli.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.cli.control.message.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Framing, greeting, and what is no request.
class ProtocolTest {
    private final Bench bench;
    private final Client client;

    ProtocolTest() throws Exception {
        bench = Bench.virtual();
        client = bench.client;
    }

    @AfterEach
    void end() throws Exception {
        bench.close();
    }

    private Client stranger() throws IOException {
        return new Client(bench.server.localAddress());
    }

    @Test
    void onlyItsOwnerMayUseTheSocket() throws Exception {
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(bench.socket())));
    }

    @Test
    void helloTellsWhoAnswers() throws Exception {
        try (Client c = stranger()) {
            Map<String, Object> hello = c.call("hello", "version", 1, "clock", "virtual", "id", "x");
            assertEquals(0L, hello.get("ret"));
            assertEquals(1L, hello.get("version"));
            assertEquals("virtual", hello.get("clock"));
            assertEquals(0L, hello.get("now"));
            assertEquals("x", hello.get("id"));
            assertTrue(((String) hello.get("stack")).startsWith("netstack4j "));
            c.faults("bad-field", "hello", "version", 1);
        }
    }

    @Test
    void beforeHelloNothingElseIsAnswered() throws Exception {
        try (Client c = stranger()) {
            c.faults("no-session", "socket", "domain", 2, "type", 1);
            c.faults("bad-field", "hello", "version", 2);
            c.faults("bad-field", "hello", "version", 1, "clock", "real");
            c.faults("bad-field", "hello", "version", 1, "session", "");
            c.faults("bad-field", "hello");
            c.ok("hello", "version", 1);
        }
    }

    @Test
    void aFaultIsAnsweredAndTheConnectionGoesOn() {
        client.faults("unknown-op", "sockets.close");
        client.faults("bad-field", "socket", "type", 1);
        client.faults("bad-field", "socket", "domain", "AF_MARS", "type", 1);
        client.faults("bad-field", "socket", "domain", 2.5, "type", 1);
        client.faults("bad-field", "sendmsg", "fd", 3, "data", "abc");
        client.faults("bad-field", "sendmsg", "fd", 3, "data", "ab", "text", "x");
        client.faults("bad-field", "sendmsg", "fd", 3, "zeros", 1L << 40);
        client.faults("bad-field", "clock.now", "t", "soon");
        client.faults("bad-field", "clock.now", "notify", 1);
        client.raw("{\"op\":\"clock.now\",\"id\":[1]}\n");
        assertEquals("bad-field", client.receive().get("fault"));
        client.raw("{\"op\":7}\n");
        assertEquals("bad-field", client.receive().get("fault"));
        client.raw("{\"op\":\"socket\",\"domain\":99999999999999999999,\"type\":1}\n");
        assertEquals("bad-field", client.receive().get("fault"));
        assertEquals(0, client.ok("clock.now"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "[]",
                "7",
                "{",
                "{}{}",
                "{\"op\":\"clock.now\"",
                "{\"op\":\"clock.now\",\"op\":\"bye\"}",
                "{\"a\":[[[1]]]}",
                "{\"op\":\"\u0001\"}",
                "{'op':'bye'}"
            })
    void whatIsNoObjectIsAnsweredAndEndsTheConnection(String line) {
        client.raw(line + "\n");
        assertEquals("bad-json", client.receive().get("fault"));
        assertNull(client.line());
        assertEquals(0, bench.join("again").ok("clock.now"), "the server goes on");
    }

    @Test
    void threeLevelsAreNotTooDeep() {
        assertEquals(1, client.ok("poll", "fds", java.util.List.of(java.util.List.of(77, 1)), "timeout", 0));
    }

    @Test
    void aLineMayHaveFourMebibytesAndNoByteMore() {
        byte[] line = new byte[JsonText.LONGEST + 1];
        Arrays.fill(line, (byte) ' ');
        byte[] request = "{\"op\":\"clock.now\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        System.arraycopy(request, 0, line, 0, request.length);
        line[JsonText.LONGEST] = '\n';
        client.raw(line);
        assertEquals(0L, client.receive().get("ret"));
        line[JsonText.LONGEST] = ' ';
        client.raw(line);
        assertEquals("too-long", client.receive().get("fault"));
        assertNull(client.line());
        assertEquals(0, bench.join("again").ok("clock.now"));
    }

    @Test
    void whatIsNotThereIsSaidWithLinuxsErrors() {
        client.fails("ENOSYS", "pipe");
        client.fails("ENOSYS", "splice");
        client.fails("ENOSYS", "sendfile");
        client.fails("EAFNOSUPPORT", "socket", "domain", "AF_UNIX", "type", "SOCK_STREAM");
        client.fails("ESOCKTNOSUPPORT", "socket", "domain", "AF_INET", "type", "SOCK_SEQPACKET");
        client.fails("EPROTONOSUPPORT", "socket", "domain", "AF_INET", "type", "SOCK_STREAM", "protocol", 17);
        client.fails("EINVAL", "socket", "domain", "AF_INET", "type", 1 | 0x100);
    }

    @Test
    void severalRequestsAtOnceAreAnsweredInOrder() {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            all.append("{\"op\":\"clock.now\",\"id\":").append(i).append("}\n");
        }
        client.raw(all.toString());
        for (long i = 0; i < 20; i++) {
            assertEquals(i, client.receive().get("id"));
        }
    }

    @Test
    void byeIsAnsweredAndEndsTheConnection() {
        client.ok("bye");
        assertNull(client.line());
    }

    @Test
    void aSocketLeftBehindIsReplacedAndAnOtherFileIsNot() throws Exception {
        IOException busy = assertThrows(
                IOException.class,
                () -> ControlServer.start(address(bench.socket().toString()), null));
        assertTrue(busy.getMessage().contains("another process listens"), busy.getMessage());
        java.nio.file.Path file = Files.createTempFile("no", "socket");
        IOException file_ = assertThrows(IOException.class, () -> ControlServer.start(address(file.toString()), null));
        assertTrue(file_.getMessage().contains("is no socket"), file_.getMessage());
        Files.delete(file);
    }

    private static ControlAddress address(String path) {
        return ControlAddress.parse("unix:" + path, false);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    tcp:0.0.0.0:1 | --i-know
                    tcp:192.0.2.1:1 | --i-know
                    tcp:127.0.0.1:70000 | no port
                    tcp:127.0.0.1 | no port
                    tcp::80 | no host
                    unix: | neither
                    /tmp/s | neither""")
    void anAddressThatCannotBeIsRefused(String text, String why) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> ControlAddress.parse(text, false));
        assertTrue(e.getMessage().contains(why), e.getMessage());
    }

    @Test
    void aTcpAddressIsTakenOnLoopbackOrWhereTheUserInsists() {
        assertNull(ControlAddress.parse("tcp:127.0.0.1:0", false).path());
        assertNull(ControlAddress.parse("tcp:0.0.0.0:0", true).path());
    }
}
