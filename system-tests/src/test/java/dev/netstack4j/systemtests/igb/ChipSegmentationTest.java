package dev.netstack4j.systemtests.igb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.device.DeviceFeatures;
import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.systemtests.igb.Hosts.Card;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// TCP hands super-frames down, and the chip cuts them.
class ChipSegmentationTest {
    private static final int SIZE = 2_000_000;

    @ParameterizedTest
    @CsvSource({"82540em, 1500", "82540em, 9000", "82540em, 16110", "82576, 1500", "82576, 9000"})
    @Mechanism("I11")
    void thoseOfTcpAreCutByTheChipAndEveryByteArrives(String model, int mtu) throws Exception {
        Card card = new Card(model, 1, Map.of("dma", "checked"));
        try (Hosts hosts = Hosts.of(card, card, Map.of("rate", "1gbit"))) {
            hosts.a.links().mtu(hosts.cardA, mtu);
            hosts.b.links().mtu(hosts.cardB, mtu);
            byte[] bytes = TrafficTest.bytes(SIZE);
            assertArrayEquals(bytes, hosts.transfer(bytes, 80));
            DeviceStats sent = Hosts.stats(hosts.a);
            DeviceStats got = Hosts.stats(hosts.b);
            assertTrue(sent.chip().get("tx_tcp_seg_good") >= 10, sent.chip() + "");
            assertTrue(sent.txPackets >= SIZE / mtu, "the driver counts frames of the wire");
            assertEquals(sent.txPackets, got.rxPackets + got.rxMissed + got.rxErrors);
            assertEquals(0, got.rxErrors);
        }
    }

    @ParameterizedTest
    @CsvSource({"82540em", "82576"})
    void withTheFeatureOffNoneReachesTheChip(String model) throws Exception {
        Card card = new Card(model, 1, Map.of());
        try (Hosts hosts = Hosts.of(card, card, Map.of())) {
            long all = hosts.cardA.config().features();
            hosts.a.links().features(hosts.cardA, all & ~DeviceFeatures.TSO);
            byte[] bytes = TrafficTest.bytes(300_000);
            assertArrayEquals(bytes, hosts.transfer(bytes, 80));
            assertEquals(0, Hosts.count(hosts.a, "tx_tcp_seg_good"));
        }
    }
}
