package dev.netstack4j.systemtests.drivers;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.testkit.kit.lab.Frames;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Which frames are handed up.
interface FilterCases extends Fitted {
    MacAddress STRANGER = MacAddress.parse("02:00:00:00:99:99");

    private static byte[] to(Bench bench, MacAddress address) {
        return Frames.frame(address, 100, bench.random);
    }

    @Test
    default void framesForOthersAreHandedUpInPromiscuousModeOnly() throws Exception {
        try (Bench bench = Bench.of(fitting())) {
            for (int i = 0; i < 2; i++) {
                assertFalse(bench.takes(to(bench, STRANGER)));
                bench.stack.links().promiscuous(bench.card, true);
                assertTrue(bench.takes(to(bench, STRANGER)));
                assertTrue(bench.takes(to(bench, MacAddress.parse("33:33:00:00:00:fb"))));
                bench.stack.links().promiscuous(bench.card, false);
            }
        }
    }

    @Test
    default void broadcastsAndJoinedGroupsAreHandedUp() throws Exception {
        try (Bench bench = Bench.of(fitting())) {
            assertTrue(bench.takes(to(bench, MacAddress.BROADCAST)));
            List<MacAddress> groups = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                groups.add(MacAddress.of(0x0100_5E00_0000L | bench.random.nextInt(1 << 23)));
            }
            for (MacAddress g : groups) {
                assertFalse(bench.takes(to(bench, g)), "before it is joined");
            }
            for (MacAddress g : groups) {
                bench.stack.links().multicast(bench.card, g, true);
            }
            for (MacAddress g : groups) {
                assertTrue(bench.takes(to(bench, g)), "joined");
            }
            for (MacAddress g : groups) {
                bench.stack.links().multicast(bench.card, g, false);
            }
            for (MacAddress g : groups) {
                assertFalse(bench.takes(to(bench, g)), "left");
            }
        }
    }

    @Test
    default void aNewAddressIsTheOneThatCounts() throws Exception {
        try (Bench bench = Bench.of(fitting())) {
            MacAddress old = bench.mac();
            bench.stack.links().macAddress(bench.card, STRANGER);
            assertFalse(bench.takes(to(bench, old)));
            assertTrue(bench.takes(to(bench, STRANGER)));
            bench.down();
            bench.up();
            assertTrue(bench.takes(to(bench, STRANGER)), "also when it is opened again");
        }
    }

    @Test
    default void groupsAndModesOutliveAStop() throws Exception {
        try (Bench bench = Bench.of(fitting())) {
            MacAddress group = MacAddress.parse("01:00:5e:01:02:03");
            bench.stack.links().multicast(bench.card, group, true);
            bench.down();
            bench.up();
            assertTrue(bench.takes(to(bench, group)));
            assertFalse(bench.takes(to(bench, STRANGER)));
        }
    }
}
