package dev.netstack4j.systemtests.drivers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.netstack4j.api.device.DeviceFeatures;
import dev.netstack4j.systemtests.drivers.Transport.Ends;
import dev.netstack4j.testkit.kit.lab.Frames;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// VLAN tags: inserted, stripped, and left to the stack when the device is not to touch them.
interface VlanCases extends Fitted {
    int[] TAGS = {0x0001, 0x0064, 0x2064, 0x7FFE, 0xEFFF};
    int TAGGED = 0x8100;
    long BOTH = DeviceFeatures.VLAN_TX | DeviceFeatures.VLAN_RX;

    @Test
    default void tagsAreInserted() throws Exception {
        try (Bench bench = Bench.of(fitting())) {
            assumeTrue(bench.card.hasFeature(DeviceFeatures.VLAN_TX), "the driver declares no such offload");
            List<byte[]> wanted = new ArrayList<>();
            for (int tag : TAGS) {
                for (int bytes : new int[] {60, 61, 300, 1514}) {
                    byte[] frame = bench.outbound(bytes);
                    bench.send(frame, skb -> skb.vlanTag(tag));
                    wanted.add(Frames.tagged(frame, tag));
                    byte[] plain = bench.outbound(bytes);
                    bench.send(plain);
                    wanted.add(plain);
                }
            }
            assertEquals("", Frames.difference(wanted, bench.takeSent(wanted.size())));
        }
    }

    @Test
    default void tagsAreInsertedIntoFramesWhoseChecksumIsCompleted() throws Exception {
        try (Bench bench = Bench.of(fitting())) {
            List<byte[]> wanted = new ArrayList<>();
            for (int tag : TAGS) {
                Ends ends = Ends.flow(Frames.PEER, bench.mac(), tag & 15);
                Transport t = Transport.ipv4(Transport.UDP, ends, 0, 333, bench.random);
                bench.send(t.open(), skb -> {
                    skb.vlanTag(tag);
                    skb.checksumPartial(skb.data() + t.transport, t.checksumOffset());
                });
                wanted.add(Frames.tagged(t.bytes, tag));
            }
            assertEquals("", Frames.difference(wanted, bench.takeSent(wanted.size())));
        }
    }

    @Test
    default void tagsAreStripped() throws Exception {
        try (Bench bench = Bench.of(fitting())) {
            assumeTrue(bench.card.hasFeature(DeviceFeatures.VLAN_RX), "the driver declares no such offload");
            expectTags(bench, true);
        }
    }

    @Test
    default void tagsStayWhereTheyAreWhenTheDeviceIsNotToTouchThem() throws Exception {
        try (Bench bench = Bench.of(fitting())) {
            long all = bench.card.config().features();
            bench.stack.links().features(bench.card, all & ~BOTH);
            expectTags(bench, false);
            byte[] frame = bench.outbound(200);
            bench.send(frame, skb -> skb.vlanTag(7));
            assertEquals("", Frames.difference(List.of(Frames.tagged(frame, 7)), bench.takeSent(1)));
            bench.stack.links().features(bench.card, all);
            expectTags(bench, true);
        }
    }

    @Test
    default void onlyWantedVlansAreTakenWhileThereAreAny() throws Exception {
        try (Bench bench = Bench.of(fitting())) {
            assumeTrue(bench.card.hasFeature(DeviceFeatures.VLAN_FILTER), "the driver declares no such offload");
            assertTrue(takes(bench, 5) && takes(bench, 4094));
            bench.stack.links().vlan(bench.card, 5, true);
            bench.stack.links().vlan(bench.card, 4094, true);
            assertTrue(takes(bench, 5) && takes(bench, 4094) && takes(bench, 0xE000 | 5));
            assertFalse(takes(bench, 6) || takes(bench, 37) || takes(bench, 0));
            bench.works();
            bench.down();
            bench.up();
            assertTrue(takes(bench, 5));
            assertFalse(takes(bench, 6), "a stop changes nothing");
            bench.stack.links().promiscuous(bench.card, true);
            assertTrue(takes(bench, 6));
            bench.stack.links().promiscuous(bench.card, false);
            bench.stack.links().vlan(bench.card, 5, false);
            assertFalse(takes(bench, 5));
            bench.stack.links().vlan(bench.card, 4094, false);
            assertTrue(takes(bench, 5) && takes(bench, 6), "nobody wants any");
        }
    }

    private static boolean takes(Bench bench, int tag) {
        byte[] plain = bench.inbound(100);
        return bench.takes(Frames.tagged(plain, tag), plain);
    }

    /// The stack itself takes a tag out that the device left; the header that the device wrote tells who it was.
    private static void expectTags(Bench bench, boolean byDevice) {
        for (int tag : TAGS) {
            byte[] plain = bench.inbound(bench.random.nextInt(60, 1500));
            Seen.Frame got = bench.deliver(List.of(Frames.tagged(plain, tag))).getFirst();
            assertEquals(tag, got.tag());
            assertEquals(byDevice ? Frames.TYPE : TAGGED, got.type());
            assertEquals("", Frames.difference(List.of(plain), List.of(got.bytes())));
            Seen.Frame untagged = bench.deliver(List.of(plain)).getFirst();
            assertEquals(-1, untagged.tag());
        }
    }
}
