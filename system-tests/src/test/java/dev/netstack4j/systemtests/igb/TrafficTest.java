package dev.netstack4j.systemtests.igb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.runtime.StackRuntime.AppThread;
import dev.netstack4j.systemtests.igb.Hosts.Card;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Traffic through the 82576 with every number of queues, every size of ring and every way to map memory.
class TrafficTest {
    static byte[] bytes(int n) {
        byte[] b = new byte[n];
        new SplittableRandom(n).nextBytes(b);
        return b;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyNumberOfQueuesCarriesTraffic(int queues) throws Exception {
        Card card = Card.igb(2, "queues=" + queues);
        try (Hosts hosts = Hosts.of(card, card, Map.of())) {
            byte[] sent = bytes(300_000);
            assertArrayEquals(sent, hosts.transfer(sent, 80));
            assertEquals(queues, hosts.cardA.config().txQueues());
            assertEquals(0, Hosts.stats(hosts.b).rxErrors);
        }
    }

    @ParameterizedTest
    @CsvSource({"80,80", "80,4096", "4096,80", "4096,4096", "1024,512"})
    void everySizeOfRingCarriesTraffic(int rx, int tx) throws Exception {
        Card card = Card.igb(1, "rx=" + rx, "tx=" + tx, "queues=2");
        try (Hosts hosts = Hosts.of(card, card, Map.of())) {
            byte[] sent = bytes(300_000);
            assertArrayEquals(sent, hosts.transfer(sent, 80));
            assertEquals(rx, hosts.cardB.config().ethtool().rings().rx());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "82576,identity",
        "82576,checked",
        "82576,bounce",
        "82540em,identity",
        "82540em,checked",
        "82540em,bounce"
    })
    void trafficPassesHoweverMemoryIsMapped(String model, String mode) throws Exception {
        Card card = new Card(model, 1, Hosts.pairs("dma=" + mode));
        try (Hosts hosts = Hosts.of(card, card, Map.of())) {
            byte[] sent = bytes(1_000_000);
            assertArrayEquals(sent, hosts.transfer(sent, 80));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"82540em", "82576"})
    @Mechanism("I2")
    void ringsMayChangeInTheMiddleOfTraffic(String model) throws Exception {
        Card card = new Card(model, 1, Hosts.pairs("dma=checked"));
        try (Hosts hosts = Hosts.of(card, card, Map.of("rate", "1gbit"))) {
            byte[] sent = bytes(4_000_000);
            byte[][] got = new byte[1][];
            AppThread transfer = hosts.start("transfer", () -> got[0] = hosts.transfer(sent, 80));
            for (int size : new int[] {80, 4096, 128, 1024, 80, 512}) {
                hosts.runtime.pause(4_000_000);
                hosts.a.links().ethtool(hosts.cardA, e -> e.setRings(size, size));
                hosts.b.links().ethtool(hosts.cardB, e -> e.setRings(size, 4096));
            }
            long before = Hosts.stats(hosts.b).rxPackets;
            transfer.join();
            assertTrue(Hosts.stats(hosts.b).rxPackets > before, "the rings changed while it went on");
            assertArrayEquals(sent, got[0]);
        }
    }

    @Test
    void bothChipsTalkToEachOther() throws Exception {
        try (Hosts hosts = Hosts.of(Card.e1000(), Card.igb(2), Map.of())) {
            byte[] sent = bytes(1_000_000);
            assertArrayEquals(sent, hosts.transfer(sent, 80));
            assertTrue(Hosts.count(hosts.b, "rx_packets") > 600);
        }
    }
}
