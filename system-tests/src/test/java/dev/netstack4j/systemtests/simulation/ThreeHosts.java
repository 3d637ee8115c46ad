package dev.netstack4j.systemtests.simulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.StreamServer;
import dev.netstack4j.api.socket.StreamSocket;
import dev.netstack4j.testkit.simulation.FrameEvent;
import dev.netstack4j.testkit.simulation.FrameFate;
import dev.netstack4j.testkit.simulation.LinkShape;
import dev.netstack4j.testkit.simulation.SimApp;
import dev.netstack4j.testkit.simulation.SimHost;
import dev.netstack4j.testkit.simulation.SimLink;
import dev.netstack4j.testkit.simulation.Simulation;
import java.util.List;
import java.util.SplittableRandom;

/// Three hosts on a switch. Every pair exchanges two files over one connection, both ways at once, while 5 % of the
/// frames are lost, and others overtaken, doubled and spoilt. Rates, delays and sizes follow from the seed.
///
/// ARP has no checksum: a spoilt answer gives a neighbour a wrong address until it is probed, 15 to 45 s later, which
/// may be too late for a `connect` to live. And when three questions or their answers are lost in a row, a `connect` is
/// told that the host cannot be reached, as on Linux. Then, and only then, the client tries again.
final class ThreeHosts {
    private static final int MEMORY = 4 << 20;
    private static final int MOST_BYTES = 48 << 10;
    private static final int MOST_TRIES = 3;
    private static final long REST_NANOS = 200 * Simulation.SECOND;
    private static final String[] RATES = {"2mbit", "10mbit", "100mbit", "1gbit"};
    private static final String[] DELAYS = {"50us", "1ms", "10ms", "40ms"};

    /// What became of one run.
    ///
    /// @param hash   of all frames
    /// @param frames sent into links
    /// @param lost   of these, by chance
    /// @param bytes  of all files
    record Outcome(String hash, long frames, long lost, long bytes) {}

    private final Simulation net;
    private final SplittableRandom random;
    private boolean spoiltArp;
    private long bytes;

    private ThreeHosts(Simulation net) {
        this.net = net;
        this.random = new SplittableRandom(net.seed());
    }

    /// Runs it and checks everything.
    static Outcome run(long seed) {
        try (Simulation net = Simulation.withSeed(seed)) {
            return new ThreeHosts(net).run();
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    private Outcome run() {
        SimHost[] host = new SimHost[3];
        for (int i = 0; i < host.length; i++) {
            host[i] = net.host("h" + (i + 1), p -> p.memory(MEMORY));
        }
        net.observe(this::watch);
        net.defaultShape(shape());
        net.lan("switch", host);
        exchange(host[0], host[1]);
        exchange(host[1], host[2]);
        exchange(host[2], host[0]);
        net.join();
        net.advance(REST_NANOS); // TIME_WAIT ends
        checkAtRest();
        long lost = net.links().stream().mapToLong(l -> l.count(FrameFate.LOST)).sum();
        return new Outcome(net.traceHash(), net.frames(), lost, bytes);
    }

    private void watch(FrameEvent e) {
        spoiltArp |= e.fate() == FrameFate.CORRUPTED && e.bytes()[12] == 8 && e.bytes()[13] == 6;
    }

    private LinkShape shape() {
        String rate = RATES[random.nextInt(RATES.length)];
        String delay = DELAYS[random.nextInt(DELAYS.length)];
        return LinkShape.of(
                "loss=5% reorder=3% behind=3ms duplicate=2% corrupt=1% jitter=100us rate=" + rate + " delay=" + delay);
    }

    private byte[] file() {
        byte[] file = new byte[1 + random.nextInt(MOST_BYTES)];
        random.nextBytes(file);
        bytes += file.length;
        return file;
    }

    private void exchange(SimHost client, SimHost server) {
        byte[] there = file();
        byte[] back = file();
        server.run("server", () -> {
            try (StreamServer listener = StreamServer.listen(server.sockets(), server.at(80), 4);
                    StreamSocket s = listener.accept()) {
                talk(server, s, back, there);
            }
        });
        client.run("client", () -> {
            try (StreamSocket s = connect(client, server.at(80))) {
                talk(client, s, there, back);
            }
        });
    }

    private StreamSocket connect(SimHost client, InetSockAddress server) throws NetException {
        for (int tries = 1; ; tries++) {
            try {
                return StreamSocket.connect(client.sockets(), server);
            } catch (NetException e) {
                boolean spoilt = e.errno() == Errno.ETIMEDOUT && spoiltArp;
                if (tries == MOST_TRIES || !spoilt && e.errno() != Errno.EHOSTUNREACH) {
                    throw e;
                }
            }
        }
    }

    /// Sends a file on a thread of its own and reads one meanwhile.
    private void talk(SimHost host, StreamSocket s, byte[] out, byte[] in) throws Exception {
        SimApp writer = host.run("writer", () -> {
            s.write(out, 0, out.length);
            s.shutdownOutput();
        });
        byte[] got = s.input().readNBytes(in.length + 1);
        writer.join();
        assertArrayEquals(in, got, () -> "what " + host + " read is not what was written");
    }

    /// Nothing is open, nothing is under way: every packet has ended.
    private void checkAtRest() {
        net.checkBooks();
        for (SimHost h : net.hosts()) {
            assertEquals(List.of(), h.stack().packets().liveSkBuffs(), () -> h + " keeps packets");
        }
        for (SimLink l : net.links()) {
            assertEquals(
                    l.count(FrameFate.SENT) + l.count(FrameFate.DUPLICATED),
                    l.count(FrameFate.ARRIVED) + l.count(FrameFate.LOST) + l.count(FrameFate.QUEUE_FULL),
                    l::toString);
        }
    }
}
