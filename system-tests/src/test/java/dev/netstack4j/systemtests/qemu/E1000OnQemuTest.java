package dev.netstack4j.systemtests.qemu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.systemtests.walk.Pair;
import dev.netstack4j.testkit.requires.Requires;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The driver of the 82540EM, unchanged, on QEMU's model of it.
@Requires(programs = "qemu-system-x86_64")
@Timeout(120)
class E1000OnQemuTest {
    private static Pair pair() throws Exception {
        return Pair.real(new Pair.Card("qemu", "e1000", Map.of("time", "warp")));
    }

    @Test
    void answersAndSendsPings() throws Exception {
        try (Pair pair = pair()) {
            assertEquals(1, Pings.untilAnswered(pair.a, 2, 56, 3));
            assertEquals(1, Pings.untilAnswered(pair.b, 1, 56, 3));
            assertEquals(1, Pings.untilAnswered(pair.a, 2, 4000, 3), "several fragments");
        }
    }

    @Test
    void carriesTcpByteByByteBothWays() throws Exception {
        byte[] bytes = new byte[4 << 20];
        new Random(1).nextBytes(bytes);
        try (Pair pair = pair()) {
            assertArrayEquals(bytes, pair.transfer(bytes));
            assertArrayEquals(bytes, pair.transferBack(bytes));
            assertTrue(Pair.count(pair.a, "Tcp.InSegs") > 1000);
        }
    }

    @Test
    void cutsTheSuperFramesOfTcp() throws Exception {
        byte[] bytes = new byte[2 << 20];
        new Random(2).nextBytes(bytes);
        try (Pair pair = pair()) {
            assertArrayEquals(bytes, pair.transfer(bytes));
            DeviceStats stats = pair.a.links().stats(pair.a.device("eth0"));
            assertTrue(stats.chip().get("tx_tcp_seg_good") > 10, stats.chip() + "");
            assertTrue(stats.txPackets > bytes.length / 1448, stats.txPackets + " frames");
        }
    }

    @Test
    void tellsOfALinkThatGoesAndComes() throws Exception {
        try (Pair pair = pair()) {
            NetDevice card = pair.a.device("eth0");
            NetDevice other = pair.b.device("eth0");
            pair.b.hardware().unplug(other);
            assertTrue(pair.comesTrue(() -> !card.hasCarrier()), "the cable's other end is gone");
            pair.plugB();
            assertTrue(pair.comesTrue(card::hasCarrier), "it is back");
            assertTrue(Pings.untilAnswered(pair.a, 2, 56, 3) > 0);
        }
    }

    @Test
    void worksAfterStopAndOpenAndAfterARemoveAndProbe() throws Exception {
        try (Pair pair = pair()) {
            NetDevice card = pair.a.device("eth0");
            for (int n = 0; n < 3; n++) {
                pair.a.links().down(card);
                pair.a.links().up(card);
                assertTrue(pair.comesTrue(card::hasCarrier));
                assertTrue(Pings.untilAnswered(pair.a, 2, 56, 3) > 0, "opened again");
            }
            NetDevice again = pair.a.hardware().reprobe(card);
            pair.a.ipv4().addAddress(again, IpPrefix.parse("10.0.0.1/24"));
            pair.a.links().up(again);
            assertTrue(pair.comesTrue(again::hasCarrier));
            assertTrue(Pings.untilAnswered(pair.a, 2, 56, 3) > 0, "probed again");
        }
    }
}
