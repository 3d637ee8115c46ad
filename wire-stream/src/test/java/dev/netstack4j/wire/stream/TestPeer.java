package dev.netstack4j.wire.stream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/// The program at the other end, with a blocking socket.
record TestPeer(SocketChannel channel) implements AutoCloseable {
    static TestPeer connect(Path path) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(path));
        return new TestPeer(channel);
    }

    void send(byte[]... frames) throws IOException {
        for (byte[] f : frames) {
            raw(ByteBuffer.allocate(4 + f.length).putInt(f.length).put(f).flip());
        }
    }

    void raw(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    byte[] receive() throws IOException {
        byte[] frame = new byte[read(4).getInt()];
        read(frame.length).get(frame);
        return frame;
    }

    private ByteBuffer read(int length) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(length);
        while (into.hasRemaining()) {
            if (channel.read(into) < 0) {
                throw new IOException("the wire closed its side");
            }
        }
        return into.flip();
    }

    /// Whether the other side has closed; waits until it has, or something comes.
    boolean isAtEnd() throws IOException {
        return channel.read(ByteBuffer.allocate(1)) < 0;
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
