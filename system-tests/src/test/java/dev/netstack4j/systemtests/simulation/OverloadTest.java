package dev.netstack4j.systemtests.simulation;

import static dev.netstack4j.testkit.simulation.Simulation.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.runtime.CpuCost;
import dev.netstack4j.api.socket.DatagramPort;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.statistics.Counters;
import dev.netstack4j.testkit.simulation.SimHost;
import dev.netstack4j.testkit.simulation.SimLink;
import dev.netstack4j.testkit.simulation.Simulation;
import org.junit.jupiter.api.Test;

/// A host whose CPU needs time for its packets, between two that send: it keeps up, or it is overloaded.
class OverloadTest {
    private static final int PORT = 5000;
    private static final int DATAGRAMS = 2000;
    private static final long NANOS_PER_PACKET = 50_000;

    /// What became of the datagrams.
    private record Result(int read, long missed, long fullSocket, long squeezes) {}

    private static CpuCost costAt(String host) {
        return new CpuCost() {
            @Override
            public long pollNanos(String cpu, int packets) {
                return cpu.startsWith(host + "/") ? packets * NANOS_PER_PACKET : 0;
            }
        };
    }

    /// Two hosts send to one, over a link each.
    private static Result flood(long nanosBetween) {
        try (Simulation net = Simulation.withSeed(1)) {
            SimHost busy = net.host("busy");
            SimHost[] senders = {net.host("a"), net.host("b")};
            SimLink[] links = {net.link(senders[0], busy), net.link(senders[1], busy)};
            net.runtime().cost(costAt("busy"));
            int[] read = new int[1];
            busy.run("sink", () -> sink(busy, read));
            for (int i = 0; i < senders.length; i++) {
                SimHost from = senders[i];
                SimLink link = links[i];
                from.run("source", () -> source(net, from, busy, link, nanosBetween));
            }
            net.join();
            Counters counters = busy.stack().service(Counters.class);
            long missed = 0;
            for (SimLink link : links) {
                missed += busy.stack().links().stats(busy.device(link)).rxMissed;
            }
            return new Result(
                    read[0], missed, counters.value("Udp.RcvbufErrors"), counters.value("Softnet.TimeSqueeze"));
        }
    }

    private static void source(Simulation net, SimHost from, SimHost to, SimLink link, long nanosBetween)
            throws Exception {
        try (DatagramPort p = DatagramPort.bind(from.sockets(), from.at(0))) {
            for (int i = 0; i < DATAGRAMS; i++) {
                p.send(new byte[10], 0, 10, InetSockAddress.of(to.address(link), PORT));
                net.sleep(nanosBetween);
            }
            net.sleep(SECOND);
            p.send(new byte[1], 0, 1, InetSockAddress.of(to.address(link), PORT));
        }
    }

    private static void sink(SimHost host, int[] read) throws Exception {
        try (DatagramPort p = DatagramPort.bind(host.sockets(), InetSockAddress.of("0.0.0.0", PORT))) {
            byte[] b = new byte[100];
            for (int ends = 0; ends < 2; ) {
                int n = p.receive(b, 0, b.length);
                ends += n == 1 ? 1 : 0;
                read[0] += n == 10 ? 1 : 0;
            }
        }
    }

    @Test
    void aCpuThatHasTimeLosesNothing() {
        Result r = flood(4 * NANOS_PER_PACKET); // half of what it can do
        assertEquals(new Result(2 * DATAGRAMS, 0, 0, 0), r);
    }

    @Test
    void aCpuThatHasNotEndsItsSoftirqAtTheTimeLimitAndItsCardsLoseTheRest() {
        Result r = flood(NANOS_PER_PACKET / 2); // four times as much as it can do
        assertTrue(r.missed > DATAGRAMS, r::toString);
        assertTrue(r.squeezes > 10, r::toString);
        assertTrue(r.read > 0, r::toString);
        assertEquals(2 * DATAGRAMS, r.read + r.missed + r.fullSocket, r::toString);
    }
}
