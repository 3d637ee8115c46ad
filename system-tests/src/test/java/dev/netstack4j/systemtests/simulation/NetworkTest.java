package dev.netstack4j.systemtests.simulation;

import static dev.netstack4j.testkit.simulation.Simulation.MILLISECOND;
import static dev.netstack4j.testkit.simulation.Simulation.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.socket.DatagramPort;
import dev.netstack4j.testkit.simulation.FrameEvent;
import dev.netstack4j.testkit.simulation.FrameFate;
import dev.netstack4j.testkit.simulation.LinkShape;
import dev.netstack4j.testkit.simulation.SimHost;
import dev.netstack4j.testkit.simulation.SimLink;
import dev.netstack4j.testkit.simulation.SimSwitch;
import dev.netstack4j.testkit.simulation.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What links and switches do to frames.
class NetworkTest {
    private static final int PORT = 5000;

    /// Sends numbered datagrams, one a millisecond.
    ///
    /// @return the numbers in the order of arrival
    private static List<Integer> datagrams(Simulation net, SimHost from, SimHost to, int count) {
        List<Integer> got = new ArrayList<>();
        to.run("sink", () -> {
            try (DatagramPort p = DatagramPort.bind(to.sockets(), to.at(PORT))) {
                byte[] b = new byte[100];
                while (p.receive(b, 0, b.length) > 0 && b[0] != -1) {
                    got.add((b[1] & 0xFF) << 8 | b[2] & 0xFF);
                }
            }
        });
        from.run("source", () -> {
            try (DatagramPort p = DatagramPort.bind(from.sockets(), from.at(0))) {
                for (int i = 0; i < count; i++) {
                    p.send(new byte[] {0, (byte) (i >> 8), (byte) i}, 0, 3, to.at(PORT));
                    net.sleep(MILLISECOND);
                }
                net.links().forEach(l -> l.shape(LinkShape.PERFECT));
                net.sleep(SECOND);
                p.send(new byte[] {-1}, 0, 1, to.at(PORT));
            }
        });
        net.join();
        return got;
    }

    /// Two hosts that know each other's address.
    private static SimLink acquainted(Simulation net) {
        SimLink link = net.link(net.host("a"), net.host("b"));
        assertEquals(List.of(0), datagrams(net, net.findHost("a"), net.findHost("b"), 1));
        return link;
    }

    private static List<Integer> through(Simulation net, SimLink link, String shape, int count) {
        link.shape(net.findHost("a"), LinkShape.of(shape));
        return datagrams(net, net.findHost("a"), net.findHost("b"), count);
    }

    @Test
    void lossTakesItsShareOneByOne() {
        try (Simulation net = Simulation.withSeed(1)) {
            SimLink link = acquainted(net);
            List<Integer> got = through(net, link, "loss=20%", 2000);
            assertEquals(0.8, got.size() / 2000.0, 0.04);
            assertEquals(got.stream().sorted().toList(), got);
            assertTrue(longestGap(got) < 8, () -> "a gap of " + longestGap(got));
        }
    }

    @Test
    void burstsTakeNeighbours() {
        try (Simulation net = Simulation.withSeed(1)) {
            SimLink link = acquainted(net);
            List<Integer> got = through(net, link, "burst-begin=1% burst-end=10%", 4000);
            double share = 1 - got.size() / 4000.0;
            assertEquals(1 / 11.0, share, 0.04); // begin / (begin + end)
            assertTrue(longestGap(got) > 15, () -> "a gap of " + longestGap(got));
        }
    }

    private static int longestGap(List<Integer> got) {
        int longest = 0;
        for (int i = 1; i < got.size(); i++) {
            longest = Math.max(longest, got.get(i) - got.get(i - 1) - 1);
        }
        return longest;
    }

    @Test
    void duplicatesArriveTwiceAndReorderedOnesLate() {
        try (Simulation net = Simulation.withSeed(1)) {
            SimLink link = acquainted(net);
            List<Integer> twice = through(net, link, "duplicate=10%", 500);
            assertEquals(500 + link.count(FrameFate.DUPLICATED), twice.size());
            assertTrue(link.count(FrameFate.DUPLICATED) > 25, link::toString);
            List<Integer> mixed = through(net, link, "reorder=10% behind=5ms", 500);
            assertEquals(500, mixed.size());
            assertFalse(mixed.equals(mixed.stream().sorted().toList()));
        }
    }

    @Test
    void jitterAloneKeepsTheOrder() {
        try (Simulation net = Simulation.withSeed(1)) {
            List<Integer> got = through(net, acquainted(net), "delay=10ms jitter=20ms", 500);
            assertEquals(got.stream().sorted().toList(), got);
            assertEquals(500, got.size());
        }
    }

    @Test
    void aWrongBitIsFoundByChecksumsOrByTheCard() {
        try (Simulation net = Simulation.withSeed(1)) {
            SimLink link = acquainted(net);
            int found = through(net, link, "corrupt=50%", 400).size();
            long wrong = link.count(FrameFate.CORRUPTED);
            assertTrue(wrong > 150 && found >= 400 - wrong, () -> found + " of 400 arrived, " + wrong + " were wrong");
            assertTrue(found < 400 - wrong / 2, () -> found + " of 400 arrived, " + wrong + " were wrong");
            assertEquals(0, crcErrors(net));
            through(net, link, "corrupt=50% fcs=true", 400);
            assertEquals(link.count(FrameFate.CORRUPTED) - wrong, crcErrors(net));
        }
    }

    /// Two wrong bits may agree with an Internet checksum, and what was read would not be what was written.
    @Test
    void aFrameThatPassesTwoLinksGetsOneWrongBit() {
        try (Simulation net = Simulation.withSeed(1)) {
            SimHost a = net.host("a");
            SimHost b = net.host("b");
            net.lan("s", a, b);
            datagrams(net, a, b, 1);
            net.links().forEach(l -> l.shape("corrupt=100%"));
            Map<Long, byte[]> sent = new TreeMap<>();
            List<Integer> wrong = new ArrayList<>();
            net.observe(e -> {
                if (e.from().equals("a") && e.fate() == FrameFate.SENT) {
                    sent.put(e.nanos(), e.bytes());
                } else if (e.to().equals("b") && e.fate() == FrameFate.ARRIVED && sent.containsKey(e.nanos())) {
                    wrong.add(wrongBits(sent.get(e.nanos()), e.bytes()));
                }
            });
            datagrams(net, a, b, 100);
            List<Integer> spoilt = wrong.subList(0, wrong.size() - 1); // the one that ends it is not
            assertTrue(spoilt.size() > 90, () -> spoilt.size() + " arrived"); // the switch may send one elsewhere
            assertEquals(Set.of(1), Set.copyOf(spoilt));
        }
    }

    private static int wrongBits(byte[] sent, byte[] arrived) {
        int wrong = 0;
        for (int i = 0; i < sent.length; i++) {
            wrong += Integer.bitCount((sent[i] ^ arrived[i]) & 0xFF);
        }
        return wrong;
    }

    private static long crcErrors(Simulation net) {
        SimHost b = net.findHost("b");
        return b.stack().links().stats(b.device(net.links().get(0))).rxCrcErrors;
    }

    @Test
    void rateAndDelayGiveExactInstants() {
        try (Simulation net = Simulation.withSeed(1)) {
            SimLink link = acquainted(net);
            List<FrameEvent> seen = new ArrayList<>();
            net.observe(seen::add);
            through(net, link, "rate=1mbit delay=10ms", 1);
            FrameEvent sent = seen.get(0);
            FrameEvent arrived = seen.get(1);
            assertEquals(FrameFate.ARRIVED, arrived.fate());
            assertEquals((60 + 24) * 8 * 1000 + 10 * MILLISECOND, arrived.nanos() - sent.nanos());
        }
    }

    @Test
    void aFullQueueDropsOrHolds() {
        for (String full : List.of("drop", "hold")) {
            try (Simulation net = Simulation.withSeed(1)) {
                SimLink link = acquainted(net);
                int got = through(net, link, "rate=100kbit queue=1k full=" + full, 300)
                        .size();
                boolean drops = full.equals("drop");
                assertEquals(drops, link.count(FrameFate.QUEUE_FULL) > 0, link::toString);
                assertEquals(drops, got < 300, () -> got + " arrived");
            }
        }
    }

    @Test
    void aCutLinkCarriesNothingUntilItHeals() {
        try (Simulation net = Simulation.withSeed(1)) {
            SimLink link = acquainted(net);
            net.at(net.nowNanos() + 100 * MILLISECOND, link::cut);
            net.at(net.nowNanos() + 200 * MILLISECOND, link::heal);
            List<Integer> got = through(net, link, "", 300);
            assertEquals(200, got.size(), 2.0);
            assertTrue(longestGap(got) > 95, got::toString);
            assertTrue(link.count(FrameFate.CUT) > 90, link::toString);
        }
    }

    @Test
    void theCardsSeeAnUnpluggedLinkGoAndCome() {
        try (Simulation net = Simulation.withSeed(1)) {
            SimHost a = net.host("a");
            SimHost b = net.host("b", p -> p.nic("emulated", "82540em"));
            SimLink link = net.link(a, b);
            link.unplug();
            net.until(() -> !a.device(link).hasCarrier() && !b.device(link).hasCarrier(), SECOND);
            link.plug();
            net.until(() -> a.device(link).hasCarrier() && b.device(link).hasCarrier(), 10 * SECOND);
            assertEquals(List.of(0, 1), datagrams(net, a, b, 2));
        }
    }

    @Test
    void aTransferOutlivesAPartition() {
        try (Simulation net = Simulation.withSeed(3)) {
            SimHost a = net.host("a");
            SimHost b = net.host("b");
            SimHost c = net.host("c");
            net.defaultShape(LinkShape.of("rate=2mbit delay=5ms"));
            net.lan("s", a, b, c);
            net.at(300 * MILLISECOND, () -> net.partition(a));
            net.at(5 * SECOND, net::heal);
            SimulationTest.transfer(a, b, 80, SimulationTest.bytes(200_000, 1));
            SimulationTest.transfer(c, b, 81, SimulationTest.bytes(200_000, 2));
            List<Long> aHeard = new ArrayList<>();
            net.observe(e -> {
                if (e.to().equals("a") && e.fate() == FrameFate.ARRIVED) {
                    aHeard.add(e.nanos());
                }
            });
            net.join();
            assertTrue(net.nowNanos() > 5 * SECOND);
            assertTrue(aHeard.stream().noneMatch(t -> t > 300 * MILLISECOND && t < 5 * SECOND));
        }
    }

    @Test
    void aSwitchLearnsAndThenTellsNobodyElse() {
        try (Simulation net = Simulation.withSeed(1)) {
            SimHost a = net.host("a");
            SimHost b = net.host("b");
            SimHost c = net.host("c");
            SimSwitch s = net.lan("s", a, b, c);
            SimLink toA = net.findLink("a-s");
            SimLink toC = net.findLink("c-s");
            assertNull(s.learned(a.device(toA).macAddress()));
            datagrams(net, a, b, 10);
            assertSame(toA, s.learned(a.device(toA).macAddress()));
            assertEquals(1, toC.count(s, FrameFate.SENT), "c hears the one ARP request");
            s.forget();
            datagrams(net, a, b, 1);
            assertEquals(3, toC.count(s, FrameFate.SENT), "and two frames to b, whom the switch has forgotten");
            datagrams(net, b, a, 10);
            assertEquals(3, toC.count(s, FrameFate.SENT), "but not those to a, who has sent");
        }
    }

    @Test
    void switchesJoinedInARowAreOneLan() {
        try (Simulation net = Simulation.withSeed(1)) {
            SimHost a = net.host("a");
            SimHost b = net.host("b");
            SimSwitch near = net.lan("near", a);
            SimSwitch far = net.addSwitch("far");
            net.link(near, far);
            net.link(b, far);
            assertEquals("10.0.0.2", b.address().toString());
            assertEquals(List.of(0, 1, 2), datagrams(net, a, b, 3));
        }
    }

    @Test
    void aRouterBetweenTwoLinksForwards() {
        try (Simulation net = Simulation.withSeed(1)) {
            SimHost a = net.host("a");
            SimHost r = net.host("r", p -> p.sysctl("net.ipv4.ip_forward", 1));
            SimHost b = net.host("b");
            SimLink left = net.link(a, r);
            SimLink right = net.link(r, b);
            a.route("0.0.0.0/0", r.address(left), left);
            b.route("0.0.0.0/0", r.address(right), right);
            assertEquals(List.of(0, 1, 2), datagrams(net, a, b, 3));
        }
    }

    @Test
    void wrongOptionsAreToldInASentence() {
        String said = assertThrows(IllegalArgumentException.class, () -> LinkShape.of("speed=10"))
                .getMessage();
        assertTrue(said.contains("there is no option 'speed'") && said.contains("rate, queue"), said);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> LinkShape.of("fast"))
                .getMessage()
                .contains("rate=10mbit"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> LinkShape.of("full=maybe"))
                .getMessage()
                .contains("neither drop nor hold"));
        assertEquals(
                "delay=2ms loss=1%",
                LinkShape.of("delay=1ms, loss=1%").with("delay=2ms").toString());
    }
}
