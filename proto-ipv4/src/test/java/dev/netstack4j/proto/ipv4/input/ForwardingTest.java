package dev.netstack4j.proto.ipv4.input;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.netstack4j.api.buffer.PacketKind;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.netfilter.HookPoint;
import dev.netstack4j.api.netfilter.Verdict;
import dev.netstack4j.proto.ipv4.rig.Packets;
import dev.netstack4j.proto.ipv4.rig.Rig;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@Mechanism("D26")
class ForwardingTest {
    private final Rig rig = new Rig();

    @BeforeEach
    void forward() {
        rig.host.sysctls().set("net.ipv4.ip_forward", 1);
    }

    @AfterEach
    void nothingLeaks() {
        rig.assertNoLeak();
    }

    private static Packets through() {
        return Packets.packet().between("10.0.0.2", "10.1.0.9");
    }

    @Test
    void aPacketGoesOnWithOneLessToLive() {
        rig.receive(through().ttl(17).payload(40, 1).bytes());
        assertArrayEquals(through().ttl(16).payload(40, 1).bytes(), rig.sentOne());
        assertEquals(1, rig.count("Ip.ForwDatagrams"));
        assertEquals("10.1.0.9", rig.neighbours.entries().getFirst().address().toString());
        assertEquals(rig.eth1, rig.neighbours.entries().getFirst().device());
    }

    @Test
    @Mechanism({"D9", "D10"})
    void itPassesThreeHooksInOrder() {
        rig.receive(through().payload(40, 1).bytes());
        assertEquals(List.of(HookPoint.PRE_ROUTING, HookPoint.FORWARD, HookPoint.POST_ROUTING), rig.netfilter.passed());
    }

    @Test
    @Mechanism("D9")
    void aHookMayDropAtEachPoint() {
        for (HookPoint p : List.of(HookPoint.PRE_ROUTING, HookPoint.FORWARD, HookPoint.POST_ROUTING)) {
            try (var _ = rig.netfilter.add(
                    p, dev.netstack4j.api.address.AddressFamily.INET, 0, (skb, state, cpu) -> Verdict.DROP, "test")) {
                rig.receive(through().payload(40, 1).bytes());
            }
        }
        assertEquals(3, rig.dropped("NETFILTER_DROP"));
        assertEquals(0, rig.sent().size());
    }

    @Test
    @Mechanism("D9")
    void aHookMayRewriteThePacketBeforeItsRouteIsFound() {
        try (var _ = rig.netfilter.add(
                HookPoint.PRE_ROUTING,
                dev.netstack4j.api.address.AddressFamily.INET,
                0,
                (skb, state, cpu) -> {
                    skb.put32(
                            skb.networkHeader() + 16,
                            dev.netstack4j.api.address.IpAddress.parse("10.1.0.77")
                                    .v4Bits());
                    return Verdict.ACCEPT;
                },
                "test")) {
            rig.receive(through().payload(40, 1).bytes());
        }
        assertEquals("10.1.0.77", Packets.address(rig.sentOne(), 16));
    }

    @Test
    @Mechanism("D23")
    void atTheEndOfItsLifeTheSenderIsTold() {
        rig.receive(through().ttl(1).payload(40, 1).bytes());
        byte[] error = rig.sentOne();
        assertEquals("10.0.0.1", Packets.address(error, 12));
        assertEquals("10.0.0.2", Packets.address(error, 16));
        assertEquals(11, Packets.u8(error, 20));
        assertEquals(0, Packets.u8(error, 21));
        assertEquals(1, rig.dropped("IP_TTL"));
    }

    @Test
    @Mechanism({"D23", "C34"})
    void whatMustNotBeFragmentedIsReturnedWithTheMtu() {
        rig.eth1.config().mtu(1000);
        rig.receive(through().word(0x4000).payload(1100, 1).bytes());
        byte[] error = rig.sentOne();
        assertEquals(3, Packets.u8(error, 20));
        assertEquals(4, Packets.u8(error, 21));
        assertEquals(1000, Packets.u16(error, 26));
        assertEquals(576, error.length);
        assertEquals(1, rig.count("Ip.FragFails"));
        assertEquals(1, rig.dropped("IP_TOO_BIG"));
    }

    @Test
    void whatMayBeFragmentedIs() {
        rig.eth1.config().mtu(1000);
        rig.receive(through().payload(1100, 1).bytes());
        List<byte[]> sent = rig.sent();
        assertEquals(2, sent.size());
        assertEquals(996, sent.get(0).length);
        assertEquals(0x2000, Packets.u16(sent.get(0), 6));
        assertEquals(122, Packets.u16(sent.get(1), 6));
    }

    @Test
    @Mechanism("D13")
    void aFragmentThatIsCutAgainKeepsItsPlace() {
        rig.eth1.config().mtu(600);
        rig.receive(through().fragment(800, true).payload(800, 1).bytes());
        List<byte[]> sent = rig.sent();
        assertEquals(2, sent.size());
        assertEquals(0x2000 | 100, Packets.u16(sent.get(0), 6));
        assertEquals(0x2000 | 172, Packets.u16(sent.get(1), 6));
    }

    @Test
    void framesForManyAreNotForwarded() {
        SkBuff skb = rig.host.packet(through().payload(8, 1).bytes());
        skb.kind(PacketKind.BROADCAST);
        rig.receive(skb, rig.eth0);
        assertEquals(0, rig.sent().size());
        assertEquals(1, rig.dropped("IP_NOT_LOCAL"));
    }

    @Test
    void theClassOfServiceBecomesThePriority() {
        rig.receive(through().tos(0x10).payload(8, 1).bytes());
        SkBuff skb = rig.neighbours.sent().peek();
        assertEquals(6, skb == null ? -1 : skb.priority());
    }
}
