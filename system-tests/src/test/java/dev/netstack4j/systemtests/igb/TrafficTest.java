package dev.netstack4j.systemtests.igb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    @ValueSource(strings = {"identity", "checked", "bounce"})
    void trafficPassesHoweverMemoryIsMapped(String mode) throws Exception {
        Card card = Card.igb(1, "dma=" + mode, "queues=2");
        try (Hosts hosts = Hosts.of(card, card, Map.of())) {
            byte[] sent = bytes(1_000_000);
            assertArrayEquals(sent, hosts.transfer(sent, 80));
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
