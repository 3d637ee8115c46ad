package dev.netstack4j.cli.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.netstack4j.cli.control.message.JsonText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// A client of the control socket that keeps what was said.
final class Client implements AutoCloseable {
    private final SocketChannel channel;
    private final BufferedReader in;
    final StringBuilder transcript = new StringBuilder();
    int connection;

    Client(SocketAddress address) throws IOException {
        boolean unix = address instanceof UnixDomainSocketAddress;
        channel = SocketChannel.open(unix ? StandardProtocolFamily.UNIX : StandardProtocolFamily.INET);
        channel.connect(address);
        in = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
    }

    /// Connects and says hello.
    static Client of(ControlServer server, String session) {
        try {
            Client c = new Client(server.localAddress());
            c.connection =
                    ((Long) c.call("hello", "version", 1, "session", session).get("conn")).intValue();
            return c;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void raw(String text) {
        raw(text.getBytes(StandardCharsets.UTF_8));
    }

    void raw(byte[] bytes) {
        try {
            ByteBuffer b = ByteBuffer.wrap(bytes);
            while (b.hasRemaining()) {
                channel.write(b);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A request from names and values in turn; null values are left out.
    void send(String op, Object... fields) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("op", op);
        for (int i = 0; i < fields.length; i += 2) {
            if (fields[i + 1] != null) {
                request.put((String) fields[i], fields[i + 1]);
            }
        }
        byte[] line = JsonText.write(request);
        transcript.append("> ").append(new String(line, StandardCharsets.UTF_8));
        raw(line);
    }

    /// The next line, or null at the end.
    String line() {
        try {
            String line = in.readLine();
            transcript.append("< ").append(line).append('\n');
            return line;
        } catch (IOException e) {
            return null;
        }
    }

    Map<String, Object> receive() {
        String line = line();
        assertNotNull(line, "the server closed the connection");
        try {
            return JsonText.read(line.getBytes(StandardCharsets.UTF_8));
        } catch (dev.netstack4j.cli.control.message.Fault f) {
            throw new IllegalStateException(line, f);
        }
    }

    Map<String, Object> call(String op, Object... fields) {
        send(op, fields);
        return receive();
    }

    /// A call that must succeed.
    ///
    /// @return its result
    int ok(String op, Object... fields) {
        return okReply(call(op, fields));
    }

    static int okReply(Map<String, Object> reply) {
        assertNotNull(reply.get("ret"), () -> "failed: " + reply);
        return ((Long) reply.get("ret")).intValue();
    }

    /// A call that must fail.
    void fails(String errname, String op, Object... fields) {
        Map<String, Object> reply = call(op, fields);
        assertEquals(errname, reply.get("err"), reply::toString);
    }

    /// A request that must be refused.
    void faults(String word, String op, Object... fields) {
        Map<String, Object> reply = call(op, fields);
        assertEquals(word, reply.get("fault"), reply::toString);
    }

    /// Sends a call that must wait.
    void blocks(String op, Object... fields) {
        send(op, fields);
        Map<String, Object> notice = receive();
        assertEquals(true, notice.get("blocked"), notice::toString);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
