package dev.netstack4j.systemtests.simulation;

import static dev.netstack4j.testkit.simulation.Simulation.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.protocol.IpProtocol;
import dev.netstack4j.api.socket.SocketOption;
import dev.netstack4j.api.socket.StreamServer;
import dev.netstack4j.api.socket.StreamSocket;
import dev.netstack4j.testkit.simulation.SimHost;
import dev.netstack4j.testkit.simulation.Simulation;
import org.junit.jupiter.api.Test;

/// Idle time costs next to nothing.
class IdleTest {
    private static final long MINUTES_100 = 100 * 60 * SECOND;
    private static final long MOST_REAL_NANOS = SECOND;
    private static final int TRIES = 5;
    private static final int PROBE_SECONDS = 10;

    private static void keepAlive(StreamSocket s) throws Exception {
        s.option(SocketOption.SOL_SOCKET, SocketOption.SO_KEEPALIVE, 1);
        s.option(IpProtocol.TCP, SocketOption.TCP_KEEPIDLE, PROBE_SECONDS);
        s.option(IpProtocol.TCP, SocketOption.TCP_KEEPINTVL, PROBE_SECONDS);
    }

    /// @return real nanoseconds that the idle time took
    private static long idle() {
        try (Simulation net = Simulation.withSeed(1)) {
            SimHost a = net.host("a");
            SimHost b = net.host("b");
            net.link(a, b).shape("delay=20ms");
            b.run("server", () -> {
                try (StreamServer listener = StreamServer.listen(b.sockets(), b.at(80), 1);
                        StreamSocket s = listener.accept()) {
                    assertEquals(-1, s.input().read());
                }
            });
            a.run("client", () -> {
                try (StreamSocket s = StreamSocket.connect(a.sockets(), b.at(80))) {
                    keepAlive(s);
                    net.sleep(MINUTES_100);
                }
            });
            net.advance(SECOND);
            long frames = net.frames();
            long began = System.nanoTime();
            net.join();
            long took = System.nanoTime() - began;
            assertTrue(net.nowNanos() >= MINUTES_100);
            assertTrue(net.frames() - frames > 2 * 90 * 60 / PROBE_SECONDS, () -> net.frames() + " frames");
            System.out.println("100 idle minutes: " + took / 1_000_000 + " ms, " + net.frames() + " frames");
            return took;
        }
    }

    /// The best of a few: what else the machine does is not what is measured.
    @Test
    void aHundredMinutesOfKeepAliveCostLessThanASecond() {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < TRIES && best >= MOST_REAL_NANOS; i++) {
            best = Math.min(best, idle());
        }
        long took = best;
        assertTrue(took < MOST_REAL_NANOS, () -> "took " + took / 1_000_000 + " ms");
    }
}
