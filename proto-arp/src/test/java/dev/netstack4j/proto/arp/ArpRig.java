package dev.netstack4j.proto.arp;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.link.EthernetHeader;
import dev.netstack4j.api.protocol.InetFamilyOps;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.testkit.fake.FakeLinkLayer;
import dev.netstack4j.testkit.fake.FakeNeighbours;
import dev.netstack4j.testkit.fake.FakeNetDevice;
import dev.netstack4j.testkit.fake.TestHost;
import java.util.HexFormat;

/// ARP on a host with one device, 02:00:00:00:00:01, and [FakeIpv4].
final class ArpRig {
    static final MacAddress OWN_MAC = MacAddress.parse("02:00:00:00:00:01");

    final TestHost host = new TestHost();
    final FakeNetDevice device = new FakeNetDevice("eth0", 2);
    final FakeLinkLayer link = new FakeLinkLayer();
    final FakeNeighbours neighbours = new FakeNeighbours();
    final InetFamilyOps ipv4Ops = mock(InetFamilyOps.class);
    final Cpus cpus = mock(Cpus.class);
    final Ipv4View ipv4;
    final ArpTransmitter transmitter;
    final ArpHandler handler;

    ArpRig() {
        device.config().macAddress(OWN_MAC);
        when(cpus.count()).thenReturn(1);
        when(cpus.enter()).thenReturn(host.cpu());
        ipv4 = new Ipv4View(FakeIpv4.families(ipv4Ops), cpus);
        ipv4.start();
        transmitter = new ArpTransmitter(host.pool(), link, host.counters());
        handler = new ArpHandler(ipv4, transmitter, neighbours, host.ledger(), host.counters());
    }

    /// A frame from hex digits; blanks do not count.
    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replaceAll("\\s", ""));
    }

    /// Receives a whole Ethernet frame as a driver and core would.
    void receive(byte[] frame) {
        SkBuff skb = host.packet(frame);
        EthernetHeader.typeTrans(skb, device);
        skb.resetNetworkHeader();
        handler.receive(skb, device, device, host.cpu());
    }

    /// The next frame that was sent, in hex; fails when there is none.
    String sent() {
        SkBuff skb = link.sent().poll();
        assertNotNull(skb, "nothing was sent");
        String hex = HexFormat.of().formatHex(host.bytes(skb));
        skb.consume(host.ledger().consume("TEST", "looked at"), host.cpu());
        return hex;
    }

    boolean sentNothing() {
        return link.sent().isEmpty();
    }
}
