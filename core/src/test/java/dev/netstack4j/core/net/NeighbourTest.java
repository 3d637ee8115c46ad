package dev.netstack4j.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.DeviceFlags;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.link.EtherType;
import dev.netstack4j.api.link.EthernetHeader;
import dev.netstack4j.api.neighbour.Neighbour;
import dev.netstack4j.api.neighbour.NeighbourOps;
import dev.netstack4j.api.neighbour.NeighbourTable;
import dev.netstack4j.api.neighbour.NudState;
import dev.netstack4j.api.runtime.Cpu;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NeighbourTest {
    private static final long SECOND = 1_000_000_000L;
    private static final IpAddress PEER = IpAddress.parse("10.0.0.2");
    private static final MacAddress PEER_MAC = MacAddress.parse("52:54:00:00:00:02");
    private static final MacAddress OTHER_MAC = MacAddress.parse("52:54:00:00:00:03");

    private final NetHost net = new NetHost();
    private final TestNic nic = new TestNic();
    private final Asking asking = new Asking();
    private final NetDevice eth0 = net.up("eth%d", nic, c -> c.macAddress(MacAddress.parse("52:54:00:00:00:01")));
    private final NeighbourCaches caches = net.part(NeighbourCaches.class);
    private final NeighbourTable table = caches.table(AddressFamily.INET);

    /// Notes what is asked.
    private static final class Asking implements NeighbourOps {
        final List<String> log = new ArrayList<>();

        @Override
        public void solicit(Neighbour neighbour, @Nullable SkBuff waiting, Cpu cpu) {
            log.add(neighbour.state() + (waiting == null ? "" : " for " + waiting.mark()));
            neighbour.confirm(cpu); // takes no lock that the caller holds
            neighbour.update(MacAddress.ZERO, NudState.STALE, false, cpu);
        }

        @Override
        public void failed(Neighbour neighbour, SkBuff waiting, Cpu cpu) {
            log.add("failed " + waiting.mark());
        }

        @Override
        public int etherType() {
            return EtherType.IPV4;
        }

        @Override
        public long fixedMac(IpAddress address, NetDevice device) {
            return address.isMulticast() ? 0x01005E000000L | address.v4Bits() & 0x7FFFFF : -1;
        }
    }

    @BeforeEach
    void start() {
        net.contributions.add(NeighbourOps.POINT, "proto-arp 1.0", "AF_INET", asking);
        caches.start();
    }

    @AfterEach
    void nothingLeaks() {
        nic.complete(net.part(SentPacketsQueue.class), net.cpu);
        net.part(LinkControl.class).down(eth0);
        net.host.assertNoLeak();
    }

    private SkBuff packet(int mark) {
        SkBuff skb = net.host.packet(new byte[60]);
        skb.resetNetworkHeader();
        skb.protocol(EtherType.IPV4);
        skb.mark(mark);
        return skb;
    }

    private Neighbour peer() {
        return table.resolve(PEER, eth0, net.cpu);
    }

    private void answer(MacAddress mac) {
        peer().update(mac, NudState.REACHABLE, true, net.cpu);
    }

    @Test
    @Mechanism({"D17", "D21"})
    void thePacketsWaitForTheAnswerThenGoInOrderAndLaterOnesDirectly() {
        assertEquals(0, peer().output(packet(1), net.cpu));
        assertEquals(0, peer().output(packet(2), net.cpu));
        assertEquals(NudState.INCOMPLETE, peer().state());
        assertEquals(List.of(), nic.sent());
        assertEquals(List.of("INCOMPLETE for 1"), asking.log, "asked once, on behalf of the first");
        answer(PEER_MAC);
        assertEquals(List.of(1, 2), nic.sent());
        peer().output(packet(3), net.cpu);
        assertEquals(List.of(1, 2, 3), nic.sent());
        SkBuff frame = nic.ring.peek();
        assertEquals(PEER_MAC.bits(), EthernetHeader.destination(frame, frame.data()));
        assertEquals(eth0.macAddress().bits(), EthernetHeader.source(frame, frame.data()));
        assertEquals(EtherType.IPV4, EthernetHeader.type(frame, frame.data()));
    }

    @Test
    @Mechanism("D16")
    void theLinkHeaderIsBuiltOnceAndAgainWhenTheAddressChanges() {
        answer(PEER_MAC);
        for (int i = 0; i < 100; i++) {
            peer().output(packet(i), net.cpu);
        }
        assertEquals(1, net.counter("Neigh.HeaderBuilds"));
        answer(OTHER_MAC);
        peer().output(packet(100), net.cpu);
        assertEquals(2, net.counter("Neigh.HeaderBuilds"));
        SkBuff last = nic.ring.peekTail();
        assertEquals(OTHER_MAC.bits(), EthernetHeader.destination(last, last.data()));
    }

    @Test
    void aDeviceOfBarePacketsGetsThemWithoutHeaderAndWithoutAsking() {
        TestNic tun = new TestNic();
        NetDevice tun0 = net.up(
                "tun%d",
                tun, c -> {
                    c.flags(DeviceFlags.POINT_TO_POINT | DeviceFlags.NOARP);
                    c.linkHeaderLength(0);
                });
        Neighbour n = table.resolve(PEER, tun0, net.cpu);
        assertEquals(NudState.NOARP, n.state());
        assertEquals(0, n.output(packet(1), net.cpu));
        assertEquals(List.of(1), tun.sent());
        SkBuff sent = tun.ring.peek();
        assertEquals(60, sent.length());
        assertEquals(sent.networkHeader(), sent.data());
        assertEquals(List.of(), asking.log);
        tun.complete(net.part(SentPacketsQueue.class), net.cpu);
        net.part(LinkControl.class).down(tun0);
    }

    @Test
    @Mechanism("D21")
    void anUnusedNeighbourBecomesStaleAndNobodyAsks() {
        answer(PEER_MAC);
        net.advance(14 * SECOND);
        assertEquals(NudState.REACHABLE, peer().state(), "half of the base time at least");
        net.advance(32 * SECOND);
        assertEquals(NudState.STALE, peer().state(), "one and a half of it at most");
        assertEquals(List.of(), asking.log);
    }

    @Test
    @Mechanism("D21")
    void aStaleNeighbourIsUsedThenDelayedThenAskedThenGivenUp() {
        peer().update(PEER_MAC, NudState.STALE, true, net.cpu);
        peer().output(packet(1), net.cpu);
        assertEquals(List.of(1), nic.sent(), "it is used at once");
        assertEquals(NudState.DELAY, peer().state());
        net.advance(4_900_000_000L);
        assertEquals(List.of(), asking.log);
        net.advance(200_000_000L);
        assertEquals(NudState.PROBE, peer().state());
        assertEquals(List.of("PROBE"), asking.log);
        net.advance(2 * SECOND);
        assertEquals(List.of("PROBE", "PROBE", "PROBE"), asking.log);
        net.advance(SECOND);
        assertEquals(NudState.FAILED, peer().state());
    }

    @Test
    @Mechanism("D21")
    void aConfirmationFromAboveDuringTheDelaySavesTheQuestion() {
        peer().update(PEER_MAC, NudState.STALE, true, net.cpu);
        peer().output(packet(1), net.cpu);
        net.advance(SECOND);
        peer().confirm(net.cpu);
        net.advance(5 * SECOND);
        assertEquals(NudState.REACHABLE, peer().state());
        assertEquals(List.of(), asking.log);
    }

    @Test
    @Mechanism("D21")
    void aNeighbourThatNeverAnswersFailsAfterThreeQuestionsAndThePacketsSendersAreTold() {
        peer().output(packet(1), net.cpu);
        peer().output(packet(2), net.cpu);
        net.advance(3_100_000_000L);
        assertEquals(
                List.of("INCOMPLETE for 1", "INCOMPLETE for 1", "INCOMPLETE for 1", "failed 1", "failed 2"),
                asking.log);
        assertEquals(NudState.FAILED, peer().state());
        assertEquals(2, net.dropped("NEIGH_FAILED"));
        peer().output(packet(3), net.cpu);
        assertEquals(NudState.INCOMPLETE, peer().state(), "the next packet asks anew");
    }

    @Test
    @Mechanism("D17")
    void theQueueOfAnUnknownNeighbourIsBoundedInPacketsAndBytes() {
        net.host.sysctls().set("net.ipv4.neigh.default.unres_qlen", 3);
        for (int i = 0; i < 5; i++) {
            peer().output(packet(i), net.cpu);
        }
        assertEquals(2, net.dropped("NEIGH_QUEUE_FULL"), "the oldest go");
        int two = 2 * packetSize();
        net.host.sysctls().set("net.ipv4.neigh.default.unres_qlen_bytes", two);
        peer().output(packet(5), net.cpu);
        answer(PEER_MAC);
        assertEquals(List.of(4, 5), nic.sent());
    }

    private int packetSize() {
        SkBuff skb = packet(0);
        int size = skb.truesize();
        skb.drop(net.host.ledger().drop("TEST_MEASURED", "only measured"), net.cpu);
        return size;
    }

    @Test
    void anAddressThatNobodyInsistsOnDoesNotReplaceAKnownOne() {
        answer(PEER_MAC);
        peer().update(OTHER_MAC, NudState.STALE, false, net.cpu);
        assertEquals(PEER_MAC, peer().macAddress());
        peer().update(PEER_MAC, NudState.STALE, true, net.cpu);
        assertEquals(NudState.REACHABLE, peer().state(), "nothing new was said");
        peer().update(MacAddress.BROADCAST, NudState.REACHABLE, true, net.cpu);
        assertEquals(PEER_MAC, peer().macAddress(), "no station has a group's address");
    }

    @Test
    void anEntrySetByHandStays() {
        table.setPermanent(PEER, eth0, PEER_MAC, net.cpu);
        answer(OTHER_MAC);
        net.advance(100 * SECOND);
        assertEquals(NudState.PERMANENT, peer().state());
        assertEquals(PEER_MAC, peer().macAddress());
        table.remove(PEER, eth0, net.cpu);
        assertNull(table.find(PEER, eth0));
    }

    @Test
    @Mechanism("D21")
    void aDeviceThatGoesDownTakesItsNeighboursAndTheirPacketsAlong() {
        Neighbour before = peer();
        before.output(packet(1), net.cpu);
        net.part(LinkControl.class).down(eth0);
        assertFalse(before.isAlive());
        assertEquals(List.of(), table.entries());
        assertEquals(1, net.dropped("NEIGH_DEAD"));
        assertEquals(Errno.EHOSTUNREACH.negative(), before.output(packet(2), net.cpu));
    }

    @Test
    void loopbackAndGroupsNeedNoAsking() {
        NetDevice lo = net.up("lo", new TestNic(), c -> c.flags(DeviceFlags.LOOPBACK));
        assertEquals(
                NudState.NOARP,
                table.resolve(IpAddress.LOOPBACK_V4, lo, net.cpu).state());
        Neighbour group = table.resolve(IpAddress.parse("224.0.0.251"), eth0, net.cpu);
        assertEquals(MacAddress.parse("01:00:5e:00:00:fb"), group.macAddress());
        group.output(packet(1), net.cpu);
        assertEquals(List.of(1), nic.sent());
    }

    @Test
    void theTableMakesRoomAndRefusesWhenAllAreInUse() {
        net.host.sysctls().set("net.ipv4.neigh.default.gc_thresh1", 2);
        net.host.sysctls().set("net.ipv4.neigh.default.gc_thresh2", 3);
        net.host.sysctls().set("net.ipv4.neigh.default.gc_thresh3", 4);
        for (int i = 1; i <= 4; i++) {
            assertNotNull(table.resolve(IpAddress.v4(0x0A000000 | i), eth0, net.cpu));
            table.find(IpAddress.v4(0x0A000000 | i), eth0).update(PEER_MAC, NudState.REACHABLE, true, net.cpu);
        }
        assertNull(table.resolve(IpAddress.v4(0x0A000005), eth0, net.cpu));
        assertEquals(1, net.counter("Neigh.TableFulls"));
        net.advance(10 * SECOND);
        assertNotNull(table.resolve(IpAddress.v4(0x0A000005), eth0, net.cpu));
        assertTrue(table.entries().size() <= 3);
    }

    @Test
    void anEntryIsFoundAgainWithoutMakingAnother() {
        assertSame(peer(), peer());
        assertSame(peer(), table.find(IpAddress.parse("10.0.0.2"), eth0));
        assertEquals(1, table.entries().size());
    }
}
