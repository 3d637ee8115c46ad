package dev.netstack4j.systemtests.steady;

import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.StackRuntime.AppThread;
import dev.netstack4j.api.socket.DatagramPort;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.SocketOption;
import dev.netstack4j.api.socket.StreamServer;
import dev.netstack4j.api.socket.StreamSocket;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.systemtests.walk.Pair;
import java.util.ArrayList;
import java.util.List;

/// Even traffic between both hosts until it is told to stop: one TCP connection with bytes in both directions, each
/// byte checked, and datagrams that are answered. Its threads are named `steady …`; it allocates nothing itself.
final class Traffic {
    private static final int PIECE = 256 << 10;
    private static final int BUFFER = 256 << 10;
    private static final int PERIOD = 251; // of the byte pattern; no power of two
    private static final long PAUSE_NANOS = 4_000_000L;

    private final Pair pair;
    private final List<AppThread> threads = new ArrayList<>();
    private volatile boolean stopped;
    private volatile boolean echoEnded;
    private volatile long received;
    private volatile long answered;

    Traffic(Pair pair) throws NetException {
        this.pair = pair;
        try (StreamServer listener = StreamServer.listen(pair.b.sockets(), Pair.addressOf(2, 80), 8)) {
            StreamSocket[] sockets = new StreamSocket[2];
            AppThread accepting = pair.start("accepting", () -> sockets[1] = listener.accept());
            sockets[0] = StreamSocket.connect(pair.a.sockets(), Pair.addressOf(2, 80));
            accepting.join();
            for (StreamSocket s : sockets) { // fixed buffers: what is in flight soon reaches its most
                s.option(SocketOption.SOL_SOCKET, SocketOption.SO_SNDBUF, BUFFER);
                s.option(SocketOption.SOL_SOCKET, SocketOption.SO_RCVBUF, BUFFER);
            }
            stream(sockets[0], sockets[1], "a to b");
            stream(sockets[1], sockets[0], "b to a");
        }
        datagrams();
    }

    private void stream(StreamSocket from, StreamSocket to, String name) {
        start("steady writer " + name, () -> write(from));
        start("steady reader " + name, () -> read(to));
    }

    private void start(String name, Pair.Body body) {
        threads.add(pair.start(name, body));
    }

    private void write(StreamSocket s) throws NetException {
        byte[] bytes = new byte[PIECE + PERIOD];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i % PERIOD);
        }
        for (long at = 0; !stopped; at += PIECE) {
            s.write(bytes, (int) (at % PERIOD), PIECE);
            pair.runtime.pause(PAUSE_NANOS);
        }
        s.shutdownOutput();
    }

    private void read(StreamSocket s) throws NetException {
        byte[] bytes = new byte[PIECE];
        long at = 0;
        for (int n = s.read(bytes, 0, PIECE); n > 0; n = s.read(bytes, 0, PIECE)) {
            for (int i = 0; i < n; i++) {
                if (bytes[i] != (byte) ((at + i) % PERIOD)) {
                    throw new IllegalStateException("byte " + (at + i) + " is wrong");
                }
            }
            at += n;
            received += n; // a statistic: two readers may lose a count to each other
        }
    }

    private void datagrams() throws NetException {
        DatagramPort a = port(pair.a, 1);
        DatagramPort b = port(pair.b, 2);
        InetSockAddress toA = Pair.addressOf(1, 5000);
        InetSockAddress toB = Pair.addressOf(2, 5000);
        start("steady asker", () -> {
            byte[] bytes = new byte[500];
            while (!stopped) {
                a.send(bytes, 0, bytes.length, toB);
                answered += receive(a, bytes) > 0 ? 1 : 0;
            }
            echoEnded = true;
            a.close();
        });
        start("steady answerer", () -> {
            byte[] bytes = new byte[500];
            while (!echoEnded) {
                int n = receive(b, bytes);
                if (n > 0) {
                    b.send(bytes, 0, n, toA);
                }
            }
            b.close();
        });
    }

    private static DatagramPort port(Stack stack, int host) throws NetException {
        DatagramPort p = DatagramPort.bind(stack.sockets(), Pair.addressOf(host, 5000));
        p.option(SocketOption.SOL_SOCKET, SocketOption.SO_RCVTIMEO, Pair.SECOND / 5);
        return p;
    }

    /// @return its length, -1 after some time without one
    private static int receive(DatagramPort p, byte[] bytes) {
        try {
            return p.receive(bytes, 0, bytes.length);
        } catch (NetException e) {
            return -1;
        }
    }

    /// Bytes that both readers got, nearly.
    long received() {
        return received;
    }

    /// Datagrams that were answered.
    long answered() {
        return answered;
    }

    /// Whether all threads still work.
    boolean runs() {
        return threads.stream().noneMatch(AppThread::isDone);
    }

    /// Ends it; fails when a byte was wrong.
    void stop() {
        stopped = true;
        threads.forEach(AppThread::join);
    }
}
