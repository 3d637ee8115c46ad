package dev.netstack4j.cli.iperf;

import dev.netstack4j.api.socket.SocketOption;
import dev.netstack4j.api.socket.StreamSocket;
import dev.netstack4j.cli.control.message.Fault;
import dev.netstack4j.cli.control.message.JsonText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;

/// The connection on which a test is agreed: a cookie that names it, states of one byte, and JSON behind its length in
/// four bytes.
final class ControlConnection implements AutoCloseable {
    /// Bytes of a cookie: 36 characters and a zero.
    static final int COOKIE = 37;

    private static final int LONGEST = 1 << 20;
    private static final int NO_DELAY = 1;
    private static final int TCP = 6;
    private static final int SOCKET = 1;

    private final StreamSocket socket;

    ControlConnection(StreamSocket socket) throws IOException {
        this.socket = socket;
        socket.option(TCP, NO_DELAY, 1);
    }

    StreamSocket socket() {
        return socket;
    }

    /// How long the peer may be silent before a read fails; 0 for ever.
    void patience(long nanos) throws IOException {
        patience(socket, nanos);
    }

    static void patience(StreamSocket of, long nanos) throws IOException {
        of.option(SOCKET, SocketOption.SO_RCVTIMEO, nanos);
    }

    void send(int state) throws IOException {
        socket.write(new byte[] {(byte) state}, 0, 1);
    }

    /// The next state.
    int state() throws IOException {
        return read(socket, 1)[0];
    }

    void expect(int wanted, String when) throws IOException {
        int state = state();
        if (state != wanted) {
            throw new IOException("the peer says " + state + " where iperf3 says " + wanted + ", " + when);
        }
    }

    void send(Map<String, ?> message) throws IOException {
        byte[] line = JsonText.write(message);
        int length = line.length - 1; // without the end of the line
        ByteBuffer framed = ByteBuffer.allocate(Integer.BYTES + length);
        framed.putInt(length).put(line, 0, length);
        socket.write(framed.array(), 0, framed.capacity());
    }

    Map<String, Object> message() throws IOException {
        int length = ByteBuffer.wrap(read(socket, Integer.BYTES)).getInt();
        if (length < 0 || length > LONGEST) {
            throw new IOException("the peer's message has " + length + " bytes");
        }
        try {
            return JsonText.read(read(socket, length));
        } catch (Fault e) {
            throw new IOException("the peer's message is no JSON of iperf3: " + e.getMessage(), e);
        }
    }

    /// Reads exactly so many bytes.
    static byte[] read(StreamSocket from, int length) throws IOException {
        byte[] bytes = new byte[length];
        for (int at = 0; at < length; ) {
            int n = from.read(bytes, at, length - at);
            if (n < 0) {
                throw new IOException("the peer has ended the connection");
            }
            at += n;
        }
        return bytes;
    }

    @Override
    public void close() {
        socket.close();
    }
}
