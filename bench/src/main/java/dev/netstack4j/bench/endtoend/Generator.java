package dev.netstack4j.bench.endtoend;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.HdrHistogram.Histogram;

/// Loads one host with one kind of traffic for a while and says how much went through. On the kernel's sockets,
/// whatever the measured host runs on.
final class Generator {
    private static final int OUTSTANDING = 64;
    private static final int DATAGRAM = 18;
    private static final long LOST_MILLIS = 20;
    private static final int STREAMS = 8;

    private final String address;
    private final long nanos;

    /// @param nanos how long to measure
    Generator(String address, long nanos) {
        this.address = address;
        this.nanos = nanos;
    }

    private SocketChannel connect(int port) throws IOException {
        return connect(address, port);
    }

    static SocketChannel connect(String address, int port) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(address, port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return channel;
    }

    /// Gigabits a second from the kernel to the measured host.
    double bulkOut() throws IOException {
        return new BulkLoad(address, nanos, true).run(1);
    }

    /// Gigabits a second from the measured host to the kernel.
    double bulkIn() throws IOException {
        return new BulkLoad(address, nanos, false).run(1);
    }

    /// As [#bulkOut], over so many connections.
    double manyOut() throws IOException {
        return new BulkLoad(address, nanos, true).run(STREAMS);
    }

    /// As [#bulkIn], over so many connections.
    double manyIn() throws IOException {
        return new BulkLoad(address, nanos, false).run(STREAMS);
    }

    /// One-byte requests and answers a second.
    double requests() throws IOException {
        return requests(Ports.ECHO);
    }

    /// The same, answered by a virtual thread.
    double virtualRequests() throws IOException {
        return requests(Ports.ECHO_VIRTUAL);
    }

    private double requests(int port) throws IOException {
        ByteBuffer one = ByteBuffer.allocateDirect(1);
        try (SocketChannel channel = connect(port)) {
            long begin = System.nanoTime();
            long count = 0;
            while (System.nanoTime() - begin < nanos) {
                ask(channel, one);
                count++;
            }
            return count / ((System.nanoTime() - begin) * 1e-9);
        }
    }

    /// How long requests take, one after the other, while a connection sends in bulk to the same host.
    void underLoad(Histogram nanosOfEach) throws IOException {
        BulkLoad load = new BulkLoad(address, nanos, true);
        load.start(1);
        ByteBuffer one = ByteBuffer.allocateDirect(1);
        try (SocketChannel channel = connect(Ports.ECHO)) {
            long begin = load.begins();
            for (long now = System.nanoTime(); now - begin < nanos; now = System.nanoTime()) {
                ask(channel, one);
                if (now - begin >= 0) {
                    nanosOfEach.recordValue(System.nanoTime() - now);
                }
            }
        }
        load.end();
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

    /// Datagrams a second that the kernel's sockets send and that reach an interface of the namespace beyond.
    ///
    /// @param counter where [Ports#COUNT] is served
    double forwarded(String counter) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(DATAGRAM);
        try (DatagramChannel channel = DatagramChannel.open();
                SocketChannel count = connect(counter, Ports.COUNT)) {
            channel.connect(new InetSocketAddress(address, Ports.DATAGRAM_SINK));
            long before = arrived(count);
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < nanos) {
                for (int i = 0; i < OUTSTANDING; i++) {
                    channel.write(buffer.clear());
                }
            }
            double seconds = (System.nanoTime() - begin) * 1e-9;
            return (arrived(count) - before) / seconds;
        }
    }

    private static long arrived(SocketChannel count) throws IOException {
        count.write(ByteBuffer.allocate(1));
        ByteBuffer answer = ByteBuffer.allocate(Long.BYTES);
        while (answer.hasRemaining() && count.read(answer) >= 0) {}
        return answer.getLong(0);
    }
}
