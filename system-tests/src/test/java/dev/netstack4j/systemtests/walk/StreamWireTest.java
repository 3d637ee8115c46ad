package dev.netstack4j.systemtests.walk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.runtime.StackRuntime.AppThread;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.StreamServer;
import dev.netstack4j.api.socket.StreamSocket;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackFactory;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two stacks, each with its own time and threads, talk TCP over a Unix stream socket.
class StreamWireTest {
    private static final int BYTES = 4 << 20;

    @TempDir
    Path directory;

    @Test
    @Timeout(120)
    void twoStacksTalkTcpOverAStream() throws Exception {
        byte[] sent = new byte[BYTES];
        new Random(7).nextBytes(sent);
        Stack server = host(1, true);
        Stack client = host(2, false);
        try {
            AppThread echoing = server.runtime().start("echo", () -> echo(server));
            byte[] got = new byte[BYTES];
            try (StreamSocket s = StreamSocket.connect(client.sockets(), InetSockAddress.of("10.0.0.1", 80))) {
                AppThread writing = client.runtime().start("writer", () -> write(s, sent));
                int at = 0;
                for (int n = s.read(got, 0, BYTES); n > 0; n = s.read(got, at, BYTES - at)) {
                    at += n;
                }
                writing.join();
                assertEquals(BYTES, at);
            }
            echoing.join();
            assertArrayEquals(sent, got);
        } finally {
            close(client);
            close(server);
        }
    }

    private Stack host(int number, boolean listen) throws Exception {
        Stack stack = StackFactory.find()
                .builder()
                .name("host" + number)
                .memory(32 << 20)
                .discover(StreamWireTest.class.getClassLoader())
                .build();
        Wire wire = stack.hardware()
                .wire(
                        "stream",
                        Map.of("path", directory.resolve("wire").toString(), "listen", Boolean.toString(listen)));
        NetDevice card = stack.hardware().plug("emulated", "82540em", Map.of(), wire);
        stack.ipv4().addAddress(card, IpPrefix.parse("10.0.0." + number + "/24"));
        stack.links().up(card);
        return stack;
    }

    private static void echo(Stack stack) {
        byte[] bytes = new byte[64 << 10];
        try (StreamServer listener = StreamServer.listen(stack.sockets(), InetSockAddress.of("10.0.0.1", 80), 1);
                StreamSocket s = listener.accept()) {
            for (int n = s.read(bytes, 0, bytes.length); n > 0; n = s.read(bytes, 0, bytes.length)) {
                s.write(bytes, 0, n);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(StreamSocket s, byte[] bytes) {
        try {
            s.write(bytes, 0, bytes.length);
            s.shutdownOutput();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void close(Stack stack) {
        StackRuntime runtime = stack.runtime();
        stack.close();
        runtime.close();
        assertEquals(
                0, stack.packets().live(), () -> stack.packets().liveSkBuffs().toString());
        assertTrue(stack.packets().isBalanced());
    }
}
