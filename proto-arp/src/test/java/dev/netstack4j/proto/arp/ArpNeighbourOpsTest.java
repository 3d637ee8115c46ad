package dev.netstack4j.proto.arp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.verify;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.DeviceFlags;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.link.EtherType;
import dev.netstack4j.api.neighbour.Neighbour;
import dev.netstack4j.api.neighbour.NudState;
import dev.netstack4j.api.protocol.InetFamilyOps;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArpNeighbourOpsTest {
    private final ArpRig rig = new ArpRig();
    private final ArpNeighbourOps ops = new ArpNeighbourOps(rig.ipv4, rig.transmitter);

    @AfterEach
    void everythingIsFreed() {
        assertTrue(rig.sentNothing());
        rig.host.assertNoLeak();
    }

    private Neighbour neighbour(String address, String mac, NudState state) {
        Neighbour n = rig.neighbours.resolve(IpAddress.parse(address), rig.device, rig.host.cpu());
        n.update(MacAddress.parse(mac), state, true, rig.host.cpu());
        return n;
    }

    private SkBuff waitingFrom(int source) {
        SkBuff skb = rig.host.packet(new byte[20]);
        skb.resetNetworkHeader();
        skb.protocol(EtherType.IPV4);
        skb.put32(skb.networkHeader() + 12, source);
        return skb;
    }

    @Test
    @Mechanism("D21")
    void anUnknownNeighbourIsAskedForByBroadcastFromTheAddressOnItsLink() {
        ops.solicit(neighbour("10.0.0.2", "00:00:00:00:00:00", NudState.INCOMPLETE), null, rig.host.cpu());
        assertEquals(
                "ffffffffffff0200000000010806000108000604" + "0001" + "0200000000010a000001" + "0000000000000a000002",
                rig.sent());
        assertEquals(1, rig.host.counters().value("Arp.OutRequests"));
    }

    @Test
    @Mechanism("D21")
    void aNeighbourInDoubtIsAskedItself() {
        ops.solicit(neighbour("10.0.0.2", "02:00:00:00:00:02", NudState.PROBE), null, rig.host.cpu());
        assertTrue(rig.sent().startsWith("020000000002"));
    }

    @Test
    void theSourceOfAPacketThatWaitsIsUsedWhenItIsOurs() {
        SkBuff waiting = waitingFrom(FakeIpv4.OWN_ELSEWHERE.v4Bits());
        ops.solicit(neighbour("10.0.0.2", "00:00:00:00:00:00", NudState.INCOMPLETE), waiting, rig.host.cpu());
        assertTrue(rig.sent().contains("020000000001c0a80701"));
        waiting.consume(rig.host.ledger().consume("TEST", "waited"), rig.host.cpu());
    }

    @Test
    void theSourceOfAForwardedPacketIsNotUsed() {
        SkBuff waiting = waitingFrom(IpAddress.parse("10.9.9.9").v4Bits());
        ops.solicit(neighbour("10.0.0.2", "00:00:00:00:00:00", NudState.INCOMPLETE), waiting, rig.host.cpu());
        assertTrue(rig.sent().contains("0200000000010a000001"));
        waiting.consume(rig.host.ledger().consume("TEST", "waited"), rig.host.cpu());
    }

    @Test
    @Mechanism("D21")
    void theSenderOfAPacketWhoseNextHopIsSilentIsTold() {
        SkBuff waiting = waitingFrom(IpAddress.parse("10.9.9.9").v4Bits());
        ops.failed(neighbour("10.0.0.2", "00:00:00:00:00:00", NudState.FAILED), waiting, rig.host.cpu());
        verify(rig.ipv4Ops).unreachable(waiting, InetFamilyOps.Unreachable.HOST, rig.host.cpu());
        waiting.consume(rig.host.ledger().consume("TEST", "waited"), rig.host.cpu());
    }

    @Test
    void withoutAnAddressOfOursNobodyIsAsked() {
        ops.solicit(neighbour("203.0.113.9", "00:00:00:00:00:00", NudState.INCOMPLETE), null, rig.host.cpu());
        assertEquals(0, rig.host.counters().value("Arp.OutRequests"));
    }

    @ParameterizedTest
    @CsvSource({
        "224.0.0.1, 01:00:5e:00:00:01",
        "239.255.255.250, 01:00:5e:7f:ff:fa",
        "10.0.0.255, ff:ff:ff:ff:ff:ff",
        "255.255.255.255, ff:ff:ff:ff:ff:ff"
    })
    void someAddressesNeedNoAsking(String address, String mac) {
        assertEquals(MacAddress.parse(mac).bits(), ops.fixedMac(IpAddress.parse(address), rig.device));
    }

    @Test
    void aHostsAddressNeedsAsking() {
        assertEquals(-1, ops.fixedMac(IpAddress.parse("10.0.0.2"), rig.device));
    }

    @Test
    void aDeviceThatDoesNoArpUsesItsOwnAddress() {
        rig.device.config().flags(DeviceFlags.LOOPBACK);
        assertEquals(ArpRig.OWN_MAC.bits(), ops.fixedMac(IpAddress.parse("10.0.0.2"), rig.device));
    }

    @Test
    void theCachedHeaderSaysIpv4() {
        assertEquals(EtherType.IPV4, ops.etherType());
    }

    @Test
    void headroomThatADeviceWantsIsLeft() {
        rig.device.config().needsHeadroom(40);
        ops.solicit(neighbour("10.0.0.2", "00:00:00:00:00:00", NudState.INCOMPLETE), null, rig.host.cpu());
        SkBuff skb = rig.link.sent().peek();
        assertEquals(40, skb.headroom());
        assertEquals(42, skb.length());
        rig.sent();
    }
}
