package dev.netstack4j.bench.endtoend;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/// Loads one host with one kind of traffic for a while and says how much went through. On the kernel's sockets,
/// whatever the measured host runs on.
final class Generator {
    private static final int OUTSTANDING = 64;
    private static final int DATAGRAM = 18;
    private static final long LOST_MILLIS = 20;
    private static final double BITS = 8e-9;

    private final String address;
    private final long nanos;

    /// @param nanos how long to measure
    Generator(String address, long nanos) {
        this.address = address;
        this.nanos = nanos;
    }

    private SocketChannel connect(int port) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(address, port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return channel;
    }

    /// Gigabits a second from the kernel to the measured host.
    double bulkOut() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(Ports.CHUNK);
        try (SocketChannel channel = connect(Ports.SINK)) {
            warm(channel, buffer, true);
            return moved(channel, buffer, true);
        }
    }

    /// Gigabits a second from the measured host to the kernel.
    double bulkIn() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(Ports.CHUNK);
        try (SocketChannel channel = connect(Ports.SOURCE)) {
            warm(channel, buffer, false);
            return moved(channel, buffer, false);
        }
    }

    /// The connection's windows grow before the measurement.
    private void warm(SocketChannel channel, ByteBuffer buffer, boolean out) throws IOException {
        long end = System.nanoTime() + nanos / 5;
        while (System.nanoTime() < end) {
            step(channel, buffer, out);
        }
    }

    private double moved(SocketChannel channel, ByteBuffer buffer, boolean out) throws IOException {
        long begin = System.nanoTime();
        long bytes = 0;
        long now = begin;
        while (now - begin < nanos) {
            bytes += step(channel, buffer, out);
            now = System.nanoTime();
        }
        return bytes * BITS / ((now - begin) * 1e-9);
    }

    private static int step(SocketChannel channel, ByteBuffer buffer, boolean out) throws IOException {
        buffer.clear();
        int n = out ? channel.write(buffer) : channel.read(buffer);
        if (n < 0) {
            throw new IOException("the measured host has ended the connection");
        }
        return n;
    }

    /// One-byte requests and answers a second.
    double requests() throws IOException {
        ByteBuffer one = ByteBuffer.allocateDirect(1);
        try (SocketChannel channel = connect(Ports.ECHO)) {
            long begin = System.nanoTime();
            long count = 0;
            while (System.nanoTime() - begin < nanos) {
                ask(channel, one);
                count++;
            }
            return count / ((System.nanoTime() - begin) * 1e-9);
        }
    }

    private static void ask(SocketChannel channel, ByteBuffer one) throws IOException {
        channel.write(one.clear());
        if (channel.read(one.clear()) < 0) {
            throw new IOException("the measured host has ended the connection");
        }
    }

    /// Connections a second, each with one request and one answer.
    double connections() throws IOException {
        ByteBuffer one = ByteBuffer.allocateDirect(1);
        long begin = System.nanoTime();
        long count = 0;
        while (System.nanoTime() - begin < nanos) {
            try (SocketChannel channel = SocketChannel.open()) {
                // The port is free at once, so that the range does not run out.
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
                channel.connect(new InetSocketAddress(address, Ports.ECHO));
                ask(channel, one);
            }
            count++;
        }
        return count / ((System.nanoTime() - begin) * 1e-9);
    }

    /// Datagrams a second that came back, with 64 under way.
    double datagrams() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(DATAGRAM);
        try (DatagramChannel channel = DatagramChannel.open();
                Selector selector = Selector.open()) {
            channel.connect(new InetSocketAddress(address, Ports.DATAGRAM_ECHO));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            return echoed(channel, selector, buffer);
        }
    }

    private double echoed(DatagramChannel channel, Selector selector, ByteBuffer buffer) throws IOException {
        long begin = System.nanoTime();
        long count = 0;
        int out = 0;
        while (System.nanoTime() - begin < nanos) {
            for (; out < OUTSTANDING; out++) {
                channel.write(buffer.clear());
            }
            if (selector.select(LOST_MILLIS) == 0) {
                out = 0; // all of them were lost
            }
            selector.selectedKeys().clear();
            while (channel.read(buffer.clear()) >= 0 && buffer.position() > 0) {
                out = Math.max(0, out - 1);
                count++;
            }
        }
        return count / ((System.nanoTime() - begin) * 1e-9);
    }
}
