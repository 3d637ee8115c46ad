package dev.netstack4j.systemtests.igb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.StackRuntime.AppThread;
import dev.netstack4j.systemtests.igb.Hosts.Card;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The kinds of interrupts that a machine grants, and the number of queues that follows from them.
class InterruptsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"''|MSI_X|4", "msix|MSI|1", "msix,msi|INTX|1", "msi|MSI_X|4"})
    @Mechanism({"H8", "H9"})
    void trafficFlowsWithEveryKindOfInterruptThatIsLeft(String refused, String kind, int queues) throws Exception {
        Card card = Card.igb(2, "queues=4", "refuse=" + refused);
        try (Hosts hosts = Hosts.of(card, card, Map.of())) {
            byte[] sent = TrafficTest.bytes(200_000);
            assertArrayEquals(sent, hosts.transfer(sent, 80));
            hosts.b.links().ethtool(hosts.cardB, e -> {
                assertTrue(e.driverInfo().contains(kind), e.driverInfo());
                assertEquals(queues, e.channels());
            });
            assertEquals(queues, hosts.cardB.config().txQueues());
        }
    }

    @Test
    @Mechanism("H8")
    void withoutAnyInterruptTheDeviceIsRefusedAndNothingIsKept() throws Exception {
        NetException e = assertThrows(
                NetException.class, () -> Hosts.of(Card.igb(1, "refuse=msix,msi,intx"), Card.e1000(), Map.of()));
        assertEquals(Errno.ENODEV, e.errno());
    }

    @Test
    @Mechanism("I19")
    void theNumberOfQueuesChangesWhileTrafficFlows() throws Exception {
        Card card = Card.igb(2, "queues=1");
        try (Hosts hosts = Hosts.of(card, card, Map.of())) {
            byte[] sent = TrafficTest.bytes(4_000_000);
            byte[][] got = new byte[1][];
            AppThread transfer = hosts.start("transfer", () -> got[0] = hosts.transfer(sent, 80));
            AppThread changes = hosts.start("changes", () -> {
                for (int queues : new int[] {4, 8, 3, 1, 5}) {
                    hosts.runtime.pause(2_000_000);
                    hosts.b.links().channels(hosts.cardB, queues);
                    hosts.a.links().channels(hosts.cardA, queues);
                    assertEquals(queues, hosts.cardB.config().txQueues());
                }
            });
            changes.join();
            transfer.join();
            assertArrayEquals(sent, got[0]);
            hosts.b.links().ethtool(hosts.cardB, e -> assertEquals(5, e.channels()));
        }
    }

    @Test
    void moreQueuesThanItsInterruptsAllowAreRefusedAndTheOldOnesGoOn() throws Exception {
        Card card = Card.igb(2, "queues=1", "refuse=msix");
        try (Hosts hosts = Hosts.of(card, card, Map.of())) {
            NetException e =
                    assertThrows(NetException.class, () -> hosts.b.links().channels(hosts.cardB, 4));
            assertEquals(Errno.EINVAL, e.errno());
            byte[] sent = TrafficTest.bytes(100_000);
            assertArrayEquals(sent, hosts.transfer(sent, 80));
        }
    }
}
