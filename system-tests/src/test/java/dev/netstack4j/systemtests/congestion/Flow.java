package dev.netstack4j.systemtests.congestion;

import dev.netstack4j.api.socket.OptionValue;
import dev.netstack4j.api.socket.SocketOption;
import dev.netstack4j.api.socket.StreamServer;
import dev.netstack4j.api.socket.StreamSocket;
import dev.netstack4j.testkit.simulation.SimHost;
import dev.netstack4j.testkit.simulation.Simulation;

/// A connection that sends as fast as it may, from the beginning to an instant.
final class Flow {
    private static final int PIECE = 64 << 10;
    private final Simulation net;
    private final int port;
    private long received;
    private long atMark;
    private OptionValue info = new OptionValue();

    Flow(Simulation net, int port) {
        this.net = net;
        this.port = port;
    }

    /// @param algorithm TCP_CONGESTION of both ends
    /// @param begin     when it connects
    /// @param end       when it ends
    Flow start(SimHost from, SimHost to, String algorithm, long begin, long end) {
        to.run("read" + port, () -> {
            try (StreamServer listener = StreamServer.listen(to.sockets(), to.at(port), 1)) {
                to.sockets()
                        .setsockopt(
                                listener.fd(),
                                SocketOption.SOL_TCP,
                                SocketOption.TCP_CONGESTION,
                                OptionValue.of(algorithm));
                try (StreamSocket s = listener.accept()) {
                    byte[] b = new byte[PIECE];
                    for (int n = s.input().read(b); n > 0; n = s.input().read(b)) {
                        received += n;
                    }
                }
            }
        });
        from.run("write" + port, () -> {
            net.sleep(begin);
            try (StreamSocket s = StreamSocket.connect(from.sockets(), to.at(port))) {
                write(from, s, algorithm, end);
            }
        });
        return this;
    }

    private void write(SimHost from, StreamSocket s, String algorithm, long end) throws Exception {
        from.sockets().setsockopt(s.fd(), SocketOption.SOL_TCP, SocketOption.TCP_CONGESTION, OptionValue.of(algorithm));
        byte[] b = new byte[PIECE];
        while (net.nowNanos() < end) {
            s.output().write(b);
            OptionValue v = new OptionValue();
            from.sockets().getsockopt(s.fd(), SocketOption.SOL_TCP, SocketOption.TCP_INFO, v);
            info = v;
        }
    }

    /// From here on bytes are counted.
    void mark() {
        atMark = received;
    }

    /// Bytes that the reader got since [#mark].
    long bytes() {
        return received - atMark;
    }

    /// A field of TCP_INFO of the sender, as of its last write.
    long info(String field) {
        return info.fields().getOrDefault(field, -1L);
    }

    /// Jain's index of fairness: 1 when all got the same, 1/n when one got everything.
    static double fairness(Flow... flows) {
        double sum = 0;
        double squares = 0;
        for (Flow f : flows) {
            sum += f.bytes();
            squares += (double) f.bytes() * f.bytes();
        }
        return sum * sum / (flows.length * squares);
    }
}
