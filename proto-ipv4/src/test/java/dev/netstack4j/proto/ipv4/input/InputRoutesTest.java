package dev.netstack4j.proto.ipv4.input;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.netstack4j.api.buffer.PacketKind;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.proto.ipv4.rig.Packets;
import dev.netstack4j.proto.ipv4.rig.Rig;
import dev.netstack4j.testkit.fake.FakeNetDevice;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Mechanism({"D24", "D25"})
class InputRoutesTest {
    private final Rig rig = new Rig();
    private final Rig.Keeper keeper = rig.keep(253);

    @AfterEach
    void nothingLeaks() {
        rig.take(keeper.packets);
        rig.assertNoLeak();
    }

    /// One row a packet: by which device, source, destination, ip_forward, rp_filter, what happens.
    @ParameterizedTest
    @CsvSource({
        "eth0, 10.0.0.2,        10.0.0.1,        0, 0, delivered",
        "eth0, 10.0.0.2,        10.1.0.1,        0, 0, delivered",
        "eth0, 10.0.0.2,        10.0.0.255,      0, 0, delivered",
        "eth0, 10.0.0.2,        10.0.0.0,        0, 0, delivered",
        "eth0, 10.0.0.2,        255.255.255.255, 0, 0, delivered",
        "eth0, 0.0.0.0,         255.255.255.255, 0, 0, delivered",
        "eth0, 10.0.0.2,        224.0.0.1,       0, 0, delivered",
        "lo,   127.0.0.1,       127.0.0.1,       0, 0, delivered",
        "lo,   127.0.0.1,       127.9.9.9,       0, 0, delivered",
        "lo,   10.0.0.1,        10.0.0.1,        0, 0, delivered",
        "eth0, 10.0.0.2,        224.0.0.9,       0, 0, IP_NO_GROUP",
        "eth0, 10.0.0.2,        10.0.0.3,        0, 0, IP_NOT_LOCAL",
        "eth0, 10.0.0.2,        10.1.0.9,        0, 0, IP_NOT_LOCAL",
        "eth0, 10.0.0.2,        10.1.0.9,        1, 0, forwarded",
        "eth1, 10.1.0.9,        8.8.8.8,         1, 0, forwarded",
        "eth0, 127.0.0.1,       10.0.0.1,        0, 0, IP_MARTIAN_SOURCE",
        "eth0, 224.0.0.1,       10.0.0.1,        0, 0, IP_MARTIAN_SOURCE",
        "eth0, 255.255.255.255, 10.0.0.1,        0, 0, IP_MARTIAN_SOURCE",
        "eth0, 0.0.0.0,         10.0.0.1,        0, 0, IP_MARTIAN_SOURCE",
        "eth0, 10.0.0.1,        10.0.0.1,        0, 0, IP_MARTIAN_SOURCE",
        "eth0, 10.1.0.1,        10.0.0.1,        0, 0, IP_MARTIAN_SOURCE",
        "eth0, 10.0.0.255,      10.0.0.1,        0, 0, IP_MARTIAN_SOURCE",
        "eth0, 241.0.0.1,       10.0.0.1,        0, 0, IP_MARTIAN_SOURCE",
        "eth0, 10.0.0.2,        127.0.0.1,       0, 0, IP_MARTIAN_DESTINATION",
        "eth0, 10.0.0.2,        0.0.0.0,         0, 0, IP_MARTIAN_DESTINATION",
        "eth0, 10.0.0.2,        240.0.0.1,       0, 0, IP_MARTIAN_DESTINATION",
        "eth0, 10.1.0.9,        10.0.0.1,        0, 0, delivered",
        "eth0, 10.1.0.9,        10.0.0.1,        0, 1, IP_RPFILTER",
        "eth0, 10.1.0.9,        10.0.0.1,        0, 2, delivered",
        "eth0, 8.8.8.8,         10.0.0.1,        0, 1, delivered",
    })
    void eachKindOfPacketGoesItsWay(
            String device, String source, String destination, int forward, int filter, String what) {
        rig.host.sysctls().set("net.ipv4.ip_forward", forward);
        rig.host.sysctls().set("net.ipv4.conf.all.rp_filter", filter);
        rig.receive(Packets.packet().between(source, destination).payload(8, 1).bytes(), byName(device));
        Map<String, Long> dropped = rig.host.ledger().dropped();
        switch (what) {
            case "delivered" -> assertEquals(1, keeper.packets.length(), dropped.toString());
            case "forwarded" -> assertEquals(1, rig.sent().size(), dropped.toString());
            default -> assertEquals(Map.of(what, 1L), dropped);
        }
    }

    private FakeNetDevice byName(String name) {
        return switch (name) {
            case "lo" -> rig.lo;
            case "eth1" -> rig.eth1;
            default -> rig.eth0;
        };
    }

    @Test
    void strictReversePathNeedsTheDeviceThatLeadsBack() {
        rig.host.sysctls().set("net.ipv4.conf.all.rp_filter", 1);
        rig.receive(Packets.packet().between("8.8.8.8", "10.0.0.1").bytes(), rig.eth1);
        assertEquals(1, rig.dropped("IP_RPFILTER"));
    }

    @Test
    void withoutAnyRouteTheSenderOfAForwardedPacketIsTold() throws Exception {
        rig.host.sysctls().set("net.ipv4.ip_forward", 1);
        rig.control.removeRoute(dev.netstack4j.api.address.IpPrefix.parse("0.0.0.0/0"), rig.eth0);
        rig.receive(
                Packets.packet().between("10.0.0.2", "8.8.8.8").payload(8, 1).bytes());
        byte[] error = rig.sentOne();
        assertEquals(3, Packets.u8(error, 20));
        assertEquals(0, Packets.u8(error, 21));
        assertEquals(1, rig.dropped("IP_NO_ROUTE"));
        assertEquals(1, rig.count("IpExt.InNoRoutes"));
    }

    @Test
    void aBatchOfOneFlowNeedsOneLookAtTheRoutes() {
        long before = rig.count("Ip.RouteLookups");
        dev.netstack4j.api.buffer.SkBuffQueue list = new dev.netstack4j.api.buffer.SkBuffQueue();
        for (int i = 0; i < 10; i++) {
            SkBuff skb = rig.host.packet(Packets.packet().payload(8, i).bytes());
            skb.dev(rig.eth0);
            skb.kind(PacketKind.HOST);
            list.addTail(skb);
        }
        rig.get(IpHandler.class).receiveList(list, rig.eth0, rig.cpu());
        assertEquals(10, keeper.packets.length());
        assertEquals(1, rig.count("Ip.RouteLookups") - before);
    }
}
