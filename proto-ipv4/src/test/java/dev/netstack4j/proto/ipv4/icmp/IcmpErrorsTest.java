package dev.netstack4j.proto.ipv4.icmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.buffer.PacketKind;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.proto.ipv4.rig.Packets;
import dev.netstack4j.proto.ipv4.rig.Rig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@Mechanism("D23")
class IcmpErrorsTest {
    private static final long SECOND = 1_000_000_000L;

    private final Rig rig = new Rig();

    @AfterEach
    void nothingLeaks() {
        rig.assertNoLeak();
    }

    private static Packets unknown() {
        return Packets.packet().protocol(200).payload(8, 1);
    }

    private int answered(Packets packet, PacketKind kind) {
        SkBuff skb = rig.host.packet(packet.bytes());
        skb.kind(kind);
        rig.receive(skb, rig.eth0);
        return rig.sent().size();
    }

    @Test
    void onlyPacketsOfAHostToThisHostAreAnsweredWithErrors() {
        assertEquals(1, answered(unknown(), PacketKind.HOST));
        assertEquals(0, answered(unknown(), PacketKind.BROADCAST));
        assertEquals(0, answered(unknown(), PacketKind.MULTICAST));
        assertEquals(0, answered(unknown().between("10.0.0.2", "224.0.0.1"), PacketKind.HOST));
        assertEquals(0, answered(unknown().between("10.0.0.2", "255.255.255.255"), PacketKind.HOST));
        assertEquals(0, answered(unknown().between("0.0.0.0", "255.255.255.255"), PacketKind.HOST));
    }

    @Test
    void anErrorIsNeverAnsweredWithAnError() {
        rig.host.sysctls().set("net.ipv4.ip_forward", 1);
        byte[] inner = unknown().bytes();
        for (int type : new int[] {3, 4, 5, 11, 12, 19, 255}) {
            Packets p = Packets.packet()
                    .between("10.0.0.2", "10.1.0.9")
                    .ttl(1)
                    .protocol(1)
                    .payload(Packets.icmp(type, 0, 0, inner));
            assertEquals(0, answered(p, PacketKind.HOST), "type " + type);
        }
        Packets ping = Packets.packet()
                .between("10.0.0.2", "10.1.0.9")
                .ttl(1)
                .protocol(1)
                .payload(Packets.icmp(8, 0, 0, inner));
        assertEquals(1, answered(ping, PacketKind.HOST));
        Packets cut = Packets.packet().between("10.0.0.2", "10.1.0.9").ttl(1).protocol(1);
        assertEquals(0, answered(cut, PacketKind.HOST));
    }

    @Test
    void laterFragmentsAreNotAnswered() {
        rig.host.sysctls().set("net.ipv4.ip_forward", 1);
        Packets late = Packets.packet()
                .between("10.0.0.2", "10.1.0.9")
                .ttl(1)
                .fragment(8, false)
                .payload(8, 1);
        assertEquals(0, answered(late, PacketKind.HOST));
        Packets first = Packets.packet()
                .between("10.0.0.2", "10.1.0.9")
                .ttl(1)
                .fragment(0, true)
                .payload(8, 1);
        assertEquals(1, answered(first, PacketKind.HOST));
    }

    @Test
    void anErrorIsNoLongerThanEveryHostCanTake() {
        rig.receive(Packets.packet().protocol(200).payload(1400, 1).bytes());
        byte[] error = rig.sentOne();
        assertEquals(576, error.length);
        assertEquals(0, Packets.checksum(error, 20, error.length - 20));
        assertEquals(0xC0, Packets.u8(error, 1));
    }

    @Test
    void oneTargetGetsSixAtOnceAndThenOneASecond() {
        int answers = 0;
        for (int i = 0; i < 20; i++) {
            answers += answered(unknown(), PacketKind.HOST);
        }
        assertEquals(6, answers);
        assertEquals(14, rig.count("Icmp.OutRateLimitHost"));
        for (int i = 0; i < 5; i++) {
            rig.host.advance(SECOND);
            assertEquals(1, answered(unknown(), PacketKind.HOST) + answered(unknown(), PacketKind.HOST));
        }
        rig.host.sysctls().set("net.ipv4.icmp_ratelimit", 0);
        assertEquals(1, answered(unknown(), PacketKind.HOST));
        assertEquals(1, answered(unknown(), PacketKind.HOST));
    }

    @Test
    void allTargetsTogetherHaveALimitToo() {
        int answers = 0;
        for (int i = 2; i < 250; i++) {
            answers += answered(unknown().between("10.0.0." + i, "10.0.0.1"), PacketKind.HOST);
        }
        assertTrue(answers <= 50, "answers " + answers);
        assertTrue(rig.count("Icmp.OutRateLimitGlobal") >= 190);
        rig.host.advance(SECOND / 100);
        answers = 0;
        for (int i = 2; i < 250; i++) {
            answers += answered(unknown().between("10.0.1." + i, "10.0.0.1"), PacketKind.HOST);
        }
        assertTrue(answers <= 11, "answers " + answers);
    }

    @Test
    void echoRepliesAreNotLimited() {
        int answers = 0;
        for (int i = 0; i < 100; i++) {
            answers +=
                    answered(Packets.packet().protocol(1).payload(Packets.icmp(8, 0, i, new byte[8])), PacketKind.HOST);
        }
        assertEquals(100, answers);
    }
}
