package dev.netstack4j.systemtests.simulation;

import static dev.netstack4j.testkit.simulation.Simulation.MILLISECOND;
import static dev.netstack4j.testkit.simulation.Simulation.SECOND;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.socket.StreamServer;
import dev.netstack4j.api.socket.StreamSocket;
import dev.netstack4j.testkit.simulation.FrameFate;
import dev.netstack4j.testkit.simulation.SimHost;
import dev.netstack4j.testkit.simulation.SimLink;
import dev.netstack4j.testkit.simulation.Simulation;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Hosts and links: applications, time, the trace, and what a failure says.
class SimulationTest {
    static byte[] bytes(int n, long seed) {
        byte[] b = new byte[n];
        new SplittableRandom(seed).nextBytes(b);
        return b;
    }

    /// Sends bytes from one host to another over TCP and checks them there.
    static void transfer(SimHost from, SimHost to, int port, byte[] bytes) {
        to.run("read " + port, () -> {
            try (StreamServer listener = StreamServer.listen(to.sockets(), to.at(port), 4);
                    StreamSocket s = listener.accept()) {
                assertArrayEquals(bytes, s.input().readAllBytes());
            }
        });
        from.run("write " + port, () -> {
            try (StreamSocket s = connect(from, to, port)) {
                s.write(bytes, 0, bytes.length);
                s.shutdownOutput();
                assertEquals(-1, s.input().read());
            }
        });
    }

    private static StreamSocket connect(SimHost from, SimHost to, int port) throws IOException {
        return StreamSocket.connect(from.sockets(), to.at(port));
    }

    private static String runOnce(long seed) {
        try (Simulation net = Simulation.withSeed(seed)) {
            SimHost a = net.host("a");
            SimHost b = net.host("b");
            net.link(a, b).shape("rate=10mbit delay=5ms jitter=1ms loss=5% reorder=2% duplicate=1% corrupt=1%");
            transfer(a, b, 80, bytes(200_000, seed));
            transfer(b, a, 81, bytes(100_000, seed + 1));
            net.join();
            return net.traceHash();
        }
    }

    @Test
    void oneSeedGivesOneTraceAndAnotherSeedAnotherOne() {
        String first = runOnce(7);
        assertEquals(first, runOnce(7));
        assertNotEquals(first, runOnce(8));
    }

    @Test
    void realCardsAndCardsMadeOfSoftwareShareALink() {
        try (Simulation net = Simulation.withSeed(1)) {
            SimHost a = net.host("a", p -> p.nic("emulated", "82540em"));
            SimHost b = net.host("b");
            SimLink link = net.link(a, b).shape("rate=100mbit delay=2ms loss=1% corrupt=1% fcs=true full=hold");
            transfer(a, b, 80, bytes(300_000, 1));
            transfer(b, a, 80, bytes(300_000, 2));
            net.join();
            assertTrue(link.count(FrameFate.CORRUPTED) > 0);
            assertEquals(0, link.count(FrameFate.QUEUE_FULL));
        }
    }

    @Test
    void waitingTakesVirtualTimeOnly() {
        try (Simulation net = Simulation.withSeed(1)) {
            SimHost a = net.host("a");
            a.run("sleeper", () -> net.sleep(3600 * SECOND));
            net.join();
            assertEquals(3600 * SECOND, net.nowNanos());
        }
    }

    @Test
    void aFailureNamesTheSeedTheApplicationAndTheLastFrames() {
        try (Simulation net = Simulation.withSeed(4711)) {
            SimHost a = net.host("a");
            SimHost b = net.host("b");
            net.link(a, b).shape("delay=1ms");
            transfer(a, b, 80, new byte[10]);
            a.run("grumble", () -> {
                net.sleep(20 * MILLISECOND);
                throw new IOException("enough");
            });
            String said = assertThrows(AssertionError.class, net::join).getMessage();
            assertTrue(said.contains("seed 4711") && said.contains("a/grumble") && said.contains("enough"), said);
            assertTrue(said.contains("a > b SENT: TCP 10.0.0.1:"), said);
        }
    }

    @Test
    void whoWaitsForWhatNeverComesIsNamed() {
        try (Simulation net = Simulation.withSeed(1)) {
            SimHost a = net.host("a");
            SimHost b = net.host("b");
            net.link(a, b);
            b.run("server", () -> StreamServer.listen(b.sockets(), b.at(80), 1).accept());
            String said = assertThrows(AssertionError.class, net::join).getMessage();
            assertTrue(said.contains("b/server") && said.contains("StreamServer.accept"), said);
        }
    }
}
