package dev.netstack4j.proto.ipv4.icmp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.netstack4j.api.buffer.PacketKind;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.proto.ipv4.rig.Packets;
import dev.netstack4j.proto.ipv4.rig.Rig;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@Mechanism("D23")
class EchoTest {
    /// Sent by `ping -c 1 -s 16` of iputils, with our addresses.
    private static final byte[] CAPTURED_MESSAGE =
            Packets.hex("0800 f8e4 0001 0001 0001 0203 0405 0607 0809 0a0b 0c0d 0e0f");

    private final Rig rig = new Rig();

    @AfterEach
    void nothingLeaks() {
        rig.assertNoLeak();
    }

    private static byte[] ping(int length) {
        return Packets.packet()
                .protocol(1)
                .payload(Packets.icmp(8, 0, 0x0102_0003, Packets.counting(length, 1)))
                .bytes();
    }

    @Test
    void aPingIsAnsweredByteForByte() {
        byte[] message = CAPTURED_MESSAGE.clone();
        message[2] = 0;
        message[3] = 0;
        int sum = Packets.checksum(message, 0, message.length);
        message[2] = (byte) (sum >> 8);
        message[3] = (byte) sum;
        rig.receive(Packets.packet().protocol(1).tos(0x10).payload(message).bytes());
        byte[] reply = rig.sentOne();
        assertEquals("10.0.0.1", Packets.address(reply, 12));
        assertEquals("10.0.0.2", Packets.address(reply, 16));
        assertEquals(0x10, Packets.u8(reply, 1));
        assertEquals(64, Packets.u8(reply, 8));
        assertEquals(0, Packets.u8(reply, 20));
        assertEquals(0, Packets.checksum(reply, 0, 20));
        assertEquals(0, Packets.checksum(reply, 20, reply.length - 20));
        assertArrayEquals(Arrays.copyOfRange(message, 4, message.length), Arrays.copyOfRange(reply, 24, reply.length));
        assertEquals(1, rig.count("Icmp.InEchos"));
        assertEquals(1, rig.count("Icmp.OutEchoReps"));
    }

    @Test
    void theRequestItselfBecomesTheReply() {
        long before = rig.host.ledger().allocated();
        rig.receive(ping(56));
        assertEquals(before + 1, rig.host.ledger().allocated());
        assertEquals(0, rig.host.ledger().copies());
    }

    @Test
    void aRequestWhoseBytesAreSharedIsCopied() {
        SkBuff skb = rig.host.packet(ping(56));
        SkBuff tapped = skb.clone(rig.cpu());
        rig.receive(skb, rig.eth0);
        assertArrayEquals(ping(56), rig.host.bytes(tapped));
        rig.done(tapped);
        assertEquals(0, Packets.u8(rig.sentOne(), 20));
    }

    @Test
    @Mechanism({"D28", "D14"})
    void aLongPingComesInFragmentsAndGoesInFragments() {
        byte[] message = Packets.icmp(8, 0, 1, Packets.counting(8000, 1));
        for (int at = 0; at < message.length; at += 1480) {
            byte[] part = Arrays.copyOfRange(message, at, Math.min(at + 1480, message.length));
            rig.receive(Packets.packet()
                    .protocol(1)
                    .fragment(at, at + 1480 < message.length)
                    .payload(part)
                    .bytes());
        }
        List<byte[]> sent = rig.sent();
        assertEquals(6, sent.size());
        byte[] whole = new byte[message.length];
        for (byte[] f : sent) {
            System.arraycopy(f, 20, whole, (Packets.u16(f, 6) & 0x1FFF) * 8, f.length - 20);
        }
        assertEquals(0, Packets.checksum(whole, 0, whole.length));
        assertArrayEquals(Arrays.copyOfRange(message, 4, message.length), Arrays.copyOfRange(whole, 4, whole.length));
    }

    @Test
    void aWrongChecksumGetsNoAnswer() {
        byte[] b = ping(56);
        b[30] ^= 1;
        rig.receive(b);
        assertEquals(1, rig.dropped("ICMP_CSUM"));
        assertEquals(1, rig.count("Icmp.InCsumErrors"));
        assertEquals(0, rig.sent().size());
    }

    @Test
    void messagesCutAtAnyByteEndInAReason() {
        byte[] message = Packets.icmp(8, 0, 1, Packets.counting(20, 1));
        for (int length = 0; length < message.length; length++) {
            rig.receive(Packets.packet()
                    .protocol(1)
                    .payload(Arrays.copyOf(message, length))
                    .bytes());
        }
        assertEquals(8, rig.dropped("ICMP_SHORT"));
        assertEquals(message.length - 8, rig.dropped("ICMP_CSUM"));
    }

    @Test
    void pingsToEverybodyAreIgnoredUnlessSettingsSayOtherwise() {
        byte[] toAll = Packets.packet()
                .between("10.0.0.2", "10.0.0.255")
                .protocol(1)
                .payload(Packets.icmp(8, 0, 1, new byte[8]))
                .bytes();
        rig.receive(broadcast(toAll), rig.eth0);
        assertEquals(1, rig.dropped("ICMP_IGNORED"));
        rig.host.sysctls().set("net.ipv4.icmp_echo_ignore_broadcasts", 0);
        rig.receive(broadcast(toAll), rig.eth0);
        assertEquals("10.0.0.1", Packets.address(rig.sentOne(), 12));
        rig.host.sysctls().set("net.ipv4.icmp_echo_ignore_all", 1);
        rig.receive(ping(8));
        assertEquals(2, rig.dropped("ICMP_IGNORED"));
    }

    private SkBuff broadcast(byte[] bytes) {
        SkBuff skb = rig.host.packet(bytes);
        skb.kind(PacketKind.BROADCAST);
        return skb;
    }

    @Test
    void timestampsAreAnsweredWithTheTimeOfDay() {
        rig.receive(Packets.packet()
                .protocol(1)
                .payload(Packets.icmp(13, 0, 5, new byte[12]))
                .bytes());
        byte[] reply = rig.sentOne();
        assertEquals(14, Packets.u8(reply, 20));
        assertEquals(40, reply.length);
        long expected = rig.host.clock().wallNanos() % 86_400_000_000_000L / 1_000_000;
        assertEquals(expected, (long) Packets.u16(reply, 32) << 16 | Packets.u16(reply, 34));
    }

    @Test
    void unknownTypesAreDropped() {
        rig.receive(Packets.packet()
                .protocol(1)
                .payload(Packets.icmp(42, 0, 0, new byte[8]))
                .bytes());
        assertEquals(1, rig.dropped("ICMP_TYPE"));
        assertEquals(1, rig.count("Icmp.InErrors"));
    }
}
