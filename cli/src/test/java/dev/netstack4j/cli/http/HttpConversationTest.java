package dev.netstack4j.cli.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.runtime.VirtualRuntime;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.StreamSocket;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.cli.services.StreamService;
import dev.netstack4j.cli.services.Threads;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// HTTP over a whole stack: its loopback device, in virtual time.
class HttpConversationTest {
    private static final String END = " HTTP/1.1\r\nHost: x\r\n\r\n";

    @TempDir
    Path root;

    private final VirtualRuntime runtime = StackFactory.find().virtualTime(11);
    private final byte[] large = new byte[700_001];
    private Stack stack;
    private StreamService service;

    @BeforeEach
    void serve() throws Exception {
        new Random(3).nextBytes(large);
        Files.write(root.resolve("large.bin"), large);
        Files.writeString(root.resolve("small.txt"), "small");
        stack = StackFactory.find()
                .builder()
                .name("web")
                .runtime(runtime)
                .discover(HttpConversationTest.class.getClassLoader())
                .build();
        InetSockAddress at = InetSockAddress.of(IpAddress.ANY_V4, HttpConversation.PORT);
        HttpConversation http = new HttpConversation(root, runtime.clock());
        service = StreamService.start("http", stack.sockets(), at, runtime, Threads.of(runtime), http);
    }

    @AfterEach
    void endWithoutLeak() {
        runtime.start("end", () -> {
                    service.end();
                    assertTrue(service.awaitEnd(1_000_000_000L));
                    service.close();
                })
                .join();
        stack.close();
        assertEquals(0, stack.packets().live());
        runtime.close();
    }

    @Test
    void requestsOfOneConnectionAreAnsweredInOrder() {
        talk(peer -> {
            send(
                    peer,
                    "GET /small.txt" + END + "HEAD /large.bin" + END + "GET /nothing" + END + "GET /large.bin" + END);
            InputStream in = peer.input();
            assertTrue(head(in).startsWith("HTTP/1.1 200 OK\r\n"));
            assertEquals("small", new String(in.readNBytes(5), StandardCharsets.US_ASCII));
            assertTrue(head(in).contains("Content-Length: 700001\r\n"));
            assertTrue(head(in).startsWith("HTTP/1.1 404 Not Found\r\n"));
            in.readNBytes("404 Not Found\nThere is no such file.\n".length());
            assertTrue(head(in).contains("Connection: keep-alive\r\n"));
            assertArrayEquals(large, in.readNBytes(large.length));
        });
    }

    @Test
    void aRangeIsThatPartOfTheFile() {
        talk(peer -> {
            send(peer, "GET /large.bin HTTP/1.1\r\nHost: x\r\nRange: bytes=-300000\r\nConnection: close\r\n\r\n");
            InputStream in = peer.input();
            assertTrue(head(in).startsWith("HTTP/1.1 206 Partial Content\r\n"));
            assertArrayEquals(Arrays.copyOfRange(large, 400_001, 700_001), in.readAllBytes());
        });
    }

    @Test
    void aBadRequestIsAnsweredAndTheConnectionEnds() {
        talk(peer -> {
            send(peer, "nonsense\r\n\r\n");
            String all = new String(peer.input().readAllBytes(), StandardCharsets.US_ASCII);
            assertTrue(all.startsWith("HTTP/1.1 400 Bad Request\r\n"), all);
            assertTrue(all.contains("Connection: close"), all);
        });
    }

    @Test
    void anIdleConnectionIsClosedAfterHalfAMinute() {
        talk(peer -> {
            long begun = runtime.clock().nanos();
            assertEquals(-1, peer.input().read());
            long seconds = (runtime.clock().nanos() - begun) / 1_000_000_000L;
            assertTrue(seconds >= 29 && seconds <= 31, () -> seconds + " s");
        });
    }

    @Test
    void theServiceEndsConnectionsThatAreIdle() {
        talk(peer -> {
            send(peer, "GET /small.txt" + END);
            head(peer.input());
            assertEquals(1, service.open());
            service.end();
            peer.input().readNBytes(5);
            assertEquals(-1, peer.input().read());
        });
    }

    private static void send(StreamSocket peer, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        peer.write(bytes, 0, bytes.length);
    }

    /// Reads the head of an answer.
    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (!bytes.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int b = in.read();
            assertTrue(b >= 0, () -> "ended within: " + bytes.toString(StandardCharsets.US_ASCII));
            bytes.write(b);
        }
        return bytes.toString(StandardCharsets.US_ASCII);
    }

    private void talk(Talk talk) {
        InetSockAddress at = InetSockAddress.of(IpAddress.LOOPBACK_V4, HttpConversation.PORT);
        runtime.start("client", () -> {
                    try (StreamSocket peer = StreamSocket.connect(stack.sockets(), at)) {
                        talk.with(peer);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .join();
    }

    private interface Talk {
        void with(StreamSocket peer) throws IOException;
    }
}
