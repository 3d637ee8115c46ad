package dev.netstack4j.systemtests.congestion;

import static dev.netstack4j.testkit.simulation.Simulation.MILLISECOND;
import static dev.netstack4j.testkit.simulation.Simulation.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.qdisc.Qdiscs;
import dev.netstack4j.api.settings.Sysctls;
import dev.netstack4j.api.settings.TextSysctl;
import dev.netstack4j.api.statistics.Counters;
import dev.netstack4j.testkit.simulation.SimHost;
import dev.netstack4j.testkit.simulation.SimLink;
import dev.netstack4j.testkit.simulation.Simulation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Marks instead of losses: a router marks by the length of its queue, and senders slow down.
class MarksTest {
    private static final long LENGTH = 2 * SECOND;
    private static final int MARK_BYTES = 30_000;

    private record Outcome(double mbits, long longestQueue, long sentAgain, long marked) {}

    private static Outcome run(String algorithm, int ecn) throws Exception {
        try (Simulation net = Simulation.withSeed(1)) {
            SimHost sender = net.host("sender", p -> p.sysctl("net.ipv4.tcp_ecn", ecn));
            SimHost router =
                    net.host("router", p -> p.with(new StepQueue.Module()).sysctl("net.ipv4.ip_forward", 1));
            SimHost receiver = net.host("receiver");
            SimLink fast = net.link(sender, router).shape("rate=1gbit delay=1ms");
            SimLink slow = net.link(router, receiver).shape("rate=1gbit delay=1ms");
            sender.route("0.0.0.0/0", router.address(fast), fast);
            receiver.route("0.0.0.0/0", router.address(slow), slow);
            for (SimHost host : net.hosts()) {
                standard(host, algorithm);
            }
            NetDevice out = router.device(slow);
            attach(router, out);
            Flow flow = new Flow(net, 80).start(sender, receiver, algorithm, MILLISECOND, LENGTH);
            net.advance(SECOND / 2);
            flow.mark();
            attach(router, out); // forgets the longest queue of the start
            net.advance(SECOND);
            double mbits = flow.bytes() * 8 / 1e6;
            long longest = longest(router, out);
            net.join(60 * SECOND);
            Counters counters = sender.stack().service(Counters.class);
            return new Outcome(
                    mbits, longest, counters.value("Tcp.RetransSegs"), counters.value("TcpExt.TCPDeliveredCE"));
        }
    }

    private static void standard(SimHost host, String algorithm) {
        TextSysctl s = host.stack().service(Sysctls.class).findText("net.ipv4.tcp_congestion_control");
        assertNotNull(s);
        s.set(algorithm);
        assertEquals(algorithm, s.get());
        assertThrows(IllegalArgumentException.class, () -> s.set("westwood"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dctcp", "cubic", "reno"})
    void aQueueThatMarksStaysShortAndLosesNothing(String algorithm) throws Exception {
        Outcome o = run(algorithm, 1);
        assertEquals(0, o.sentAgain, o::toString);
        assertTrue(o.marked > 50, o::toString);
        assertTrue(o.mbits > 42, o::toString);
        assertTrue(o.longestQueue < 2 * MARK_BYTES, o::toString);
    }

    @Test
    void withoutMarksTheQueueFillsAndLoses() throws Exception {
        Outcome o = run("cubic", 0);
        assertEquals(0, o.marked, o::toString);
        assertTrue(o.longestQueue > 5 * MARK_BYTES, o::toString);
    }

    @Test
    void dctcpAsksForEcnWhateverTheSetting() throws Exception {
        Outcome o = run("dctcp", 0);
        assertTrue(o.marked > 50, o::toString);
    }

    private static void attach(SimHost router, NetDevice out) throws Exception {
        Qdiscs qdiscs = router.stack().service(Qdiscs.class);
        qdiscs.replace(
                out, "step", qdiscs.options("step").set("mark", "" + MARK_BYTES).build());
    }

    private static long longest(SimHost router, NetDevice out) {
        String text = router.stack().service(Qdiscs.class).stats(out).getFirst().detail();
        return Long.parseLong(text.substring(text.lastIndexOf(' ') + 1));
    }
}
