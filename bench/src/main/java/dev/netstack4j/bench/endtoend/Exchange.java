package dev.netstack4j.bench.endtoend;

import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.socket.DatagramPort;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.StreamServer;
import dev.netstack4j.api.socket.StreamSocket;
import dev.netstack4j.api.stack.Stack;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/// Small messages between two programs of one process: each asks when it has the answer. The first fifth of the time
/// is not counted.
final class Exchange {
    private static final int PORT = 7;
    private static final int TCP = 6;
    private static final int NO_DELAY = 1;
    private static final int OUTSTANDING = 32;
    private static final int DATAGRAM = 18;

    private final StackRuntime runtime;
    private final Stack client;
    private final Stack server;
    private final InetSockAddress address;
    private final boolean virtual;

    /// @param host    address of the server
    /// @param virtual whether both programs are virtual threads
    Exchange(StackRuntime runtime, Stack client, Stack server, String host, boolean virtual) {
        this.runtime = runtime;
        this.client = client;
        this.server = server;
        this.address = InetSockAddress.of(host, PORT);
        this.virtual = virtual;
    }

    /// One-byte requests and answers over TCP a second.
    double requests(long nanos) throws Exception {
        return run(nanos, Latency.empty());
    }

    /// How long each request takes.
    Histogram latencies(long nanos) throws Exception {
        Histogram each = Latency.empty();
        run(nanos, each);
        return each;
    }

    private double run(long nanos, Histogram each) throws Exception {
        StreamServer listener = StreamServer.listen(server.sockets(), address, 1);
        double[] rate = new double[1];
        both(() -> echo(listener), () -> rate[0] = ask(nanos, each));
        listener.close();
        return rate[0];
    }

    private void both(Trouble.Body answering, Trouble.Body asking) throws Exception {
        if (virtual) {
            List<Thread> threads = new ArrayList<>();
            threads.add(Thread.startVirtualThread(() -> Trouble.hide(answering)));
            threads.add(Thread.startVirtualThread(() -> Trouble.hide(asking)));
            for (Thread t : threads) {
                t.join();
            }
        } else {
            StackRuntime.AppThread first = runtime.start("answers", () -> Trouble.hide(answering));
            runtime.start("asks", () -> Trouble.hide(asking)).join();
            first.join();
        }
    }

    private static void echo(StreamServer listener) throws Exception {
        byte[] one = new byte[1];
        try (StreamSocket peer = listener.accept()) {
            peer.option(TCP, NO_DELAY, 1);
            while (peer.read(one, 0, 1) > 0) {
                peer.write(one, 0, 1);
            }
        }
    }

    private double ask(long nanos, Histogram each) throws Exception {
        byte[] one = new byte[1];
        try (StreamSocket socket = StreamSocket.connect(client.sockets(), address)) {
            socket.option(TCP, NO_DELAY, 1);
            long begin = System.nanoTime() + nanos / 5;
            long count = 0;
            long now = System.nanoTime();
            while (now - begin < nanos) {
                socket.write(one, 0, 1);
                socket.read(one, 0, 1);
                long answered = System.nanoTime();
                if (now >= begin) {
                    each.recordValue(answered - now);
                    count++;
                }
                now = answered;
            }
            return count * 1e9 / (now - begin);
        }
    }

    /// Datagrams of 18 bytes that come back a second, with some under way.
    double datagrams(long nanos) throws Exception {
        double[] rate = new double[1];
        try (DatagramPort asks = DatagramPort.bind(client.sockets(), InetSockAddress.of("0.0.0.0", PORT + 1));
                DatagramPort answers = DatagramPort.bind(server.sockets(), address)) {
            both(() -> echo(answers), () -> rate[0] = ask(asks, nanos));
        }
        return rate[0];
    }

    private static void echo(DatagramPort port) throws Exception {
        byte[] buffer = new byte[DATAGRAM];
        for (int n = port.receive(buffer, 0, DATAGRAM); n > 1; n = port.receive(buffer, 0, DATAGRAM)) {
            port.send(buffer, 0, n, port.source());
        }
    }

    private double ask(DatagramPort port, long nanos) throws Exception {
        byte[] buffer = new byte[DATAGRAM];
        for (int i = 0; i < OUTSTANDING; i++) {
            port.send(buffer, 0, DATAGRAM, address);
        }
        long begin = System.nanoTime() + nanos / 5;
        long count = 0;
        long now = System.nanoTime();
        for (; now - begin < nanos; now = System.nanoTime()) {
            port.receive(buffer, 0, DATAGRAM);
            port.send(buffer, 0, DATAGRAM, address);
            count += now >= begin ? 1 : 0;
        }
        port.send(buffer, 0, 1, address); // the end
        return count * 1e9 / (now - begin);
    }
}
