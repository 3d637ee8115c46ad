package dev.netstack4j.systemtests.qemu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.examples.virtio.VirtioNetModule;
import dev.netstack4j.systemtests.support.LoggedErrors;
import dev.netstack4j.systemtests.walk.Pair;
import dev.netstack4j.testkit.requires.Requires;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The driver of the lesson, for a device of another kind than the other two: queues in memory and MSI-X.
@Requires(programs = "qemu-system-x86_64")
@Timeout(120)
class VirtioOnQemuTest {
    private static Pair pair(String properties) throws Exception {
        Map<String, String> options = Map.of("time", "warp", "properties", properties);
        return Pair.real(new Pair.Card("qemu", "virtio-net-pci", options), new VirtioNetModule());
    }

    @Test
    void pingsAndCarriesTcpBothWays() throws Exception {
        byte[] bytes = new byte[4 << 20];
        new Random(2).nextBytes(bytes);
        try (LoggedErrors errors = new LoggedErrors();
                Pair pair = pair("disable-legacy=on")) {
            assertEquals(1, Pings.untilAnswered(pair.a, 2, 56, 3));
            assertEquals(1, Pings.untilAnswered(pair.b, 1, 4000, 3));
            assertArrayEquals(bytes, pair.transfer(bytes));
            assertArrayEquals(bytes, pair.transferBack(bytes));
            DeviceStats stats = pair.a.links().stats(pair.a.device("eth0"));
            assertTrue(stats.txPackets > 2900 && stats.rxPackets > 2900, "each way 2,897 segments");
            pair.a.hardware().unplug(pair.a.device("eth0"));
            assertEquals(List.of(), errors.lines());
        }
    }

    @Test
    void seesTheLinkAndWorksAfterStopAndReprobe() throws Exception {
        try (Pair pair = pair("disable-legacy=off")) {
            NetDevice card = pair.a.device("eth0");
            pair.b.hardware().unplug(pair.b.device("eth0"));
            assertTrue(pair.comesTrue(() -> !card.hasCarrier()));
            pair.plugB();
            assertTrue(pair.comesTrue(card::hasCarrier));
            pair.a.links().down(card);
            pair.a.links().up(card);
            assertTrue(Pings.untilAnswered(pair.a, 2, 56, 3) > 0);
            NetDevice again = pair.a.hardware().reprobe(card);
            pair.a.ipv4().addAddress(again, IpPrefix.parse("10.0.0.1/24"));
            pair.a.links().up(again);
            assertTrue(Pings.untilAnswered(pair.a, 2, 56, 3) > 0);
        }
    }

    @Test
    void whatQemuRefusesIsToldInItsWords() {
        NetException e = assertThrows(NetException.class, () -> pair("tx_queue_size=3"));
        assertTrue(e.getMessage().startsWith("start QEMU with device 'virtio-net-pci', as QEMU says: "), e::getMessage);
        assertTrue(e.getMessage().contains("tx_queue_size"), e::getMessage);
    }
}
