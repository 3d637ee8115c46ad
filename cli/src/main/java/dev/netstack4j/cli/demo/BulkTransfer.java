package dev.netstack4j.cli.demo;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.StreamServer;
import dev.netstack4j.api.socket.StreamSocket;
import dev.netstack4j.api.stack.Stack;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/// Moves bytes over one TCP connection and compares their SHA-256 at both ends. It goes block by block, so that making
/// and hashing the bytes, which would cost the same two cores as the stack, lies outside the clock: the clock runs from
/// the first write of a block until the receiver has read its last byte. After each block the receiver reports that
/// instant, and at the end its hash, over the same connection.
final class BulkTransfer {
    private static final int BLOCK = 16 << 20;
    private static final int WRITE = 256 << 10;
    private static final int HASH = 32;
    private static final int BACKLOG = 1;

    private final StackRuntime runtime;
    private final Clock clock;
    private final long size;
    private final int block;

    BulkTransfer(StackRuntime runtime, long size) {
        this.runtime = runtime;
        this.clock = runtime.clock();
        this.size = size;
        this.block = (int) Math.min(size, BLOCK);
    }

    /// What came of it.
    ///
    /// @param way      from where to where
    /// @param bytes    moved
    /// @param nanos    on the clock
    /// @param sent     hash of what was sent
    /// @param received hash of what was received
    record Result(String way, long bytes, long nanos, String sent, String received) {
        boolean same() {
            return sent.equals(received);
        }

        double gigabitsPerSecond() {
            return bytes * 8.0 / Math.max(1, nanos);
        }
    }

    /// Moves the bytes.
    ///
    /// @param way   from where to where, for people
    /// @param moved is told how many more bytes were written
    Result run(String way, Stack from, Stack to, IpAddress address, int port, LongConsumer moved) throws IOException {
        try (StreamServer server = StreamServer.listen(to.sockets(), InetSockAddress.of(address, port), BACKLOG)) {
            StackRuntime.AppThread receiver = runtime.start("receiver on " + to.name(), () -> receive(server));
            Result result = send(way, from, InetSockAddress.of(address, port), moved);
            receiver.join();
            return result;
        }
    }

    private Result send(String way, Stack from, InetSockAddress to, LongConsumer moved) throws IOException {
        MessageDigest hash = sha256();
        byte[] bytes = new byte[block];
        byte[] report = new byte[Long.BYTES];
        long nanos = 0;
        try (StreamSocket socket = StreamSocket.connect(from.sockets(), to)) {
            for (long at = 0; at < size; at += block) {
                int length = (int) Math.min(block, size - at);
                Pattern.fill(bytes, length, at / block);
                long begun = clock.nanos();
                write(socket, bytes, length, moved);
                readFully(socket, report, report.length);
                nanos += ByteBuffer.wrap(report).getLong() - begun;
                hash.update(bytes, 0, length);
            }
            byte[] received = new byte[HASH];
            readFully(socket, received, HASH);
            HexFormat hex = HexFormat.of();
            return new Result(way, size, nanos, hex.formatHex(hash.digest()), hex.formatHex(received));
        }
    }

    private static void write(StreamSocket socket, byte[] bytes, int length, LongConsumer moved) throws NetException {
        for (int done = 0; done < length; done += WRITE) {
            int n = Math.min(WRITE, length - done);
            socket.write(bytes, done, n);
            moved.accept(n);
        }
    }

    private void receive(StreamServer server) {
        MessageDigest hash = sha256();
        byte[] bytes = new byte[block];
        byte[] report = new byte[Long.BYTES];
        try (StreamSocket socket = server.accept()) {
            for (long at = 0; at < size; at += block) {
                int length = (int) Math.min(block, size - at);
                Arrays.fill(bytes, (byte) 0);
                readFully(socket, bytes, length);
                ByteBuffer.wrap(report).putLong(clock.nanos());
                hash.update(bytes, 0, length);
                socket.write(report, 0, report.length);
            }
            socket.write(hash.digest(), 0, HASH);
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void readFully(StreamSocket socket, byte[] into, int length) throws IOException {
        for (int done = 0; done < length; ) {
            int n = socket.read(into, done, length - done);
            if (n < 0) {
                throw new EOFException("the connection ended " + (length - done) + " bytes too early");
            }
            done += n;
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
