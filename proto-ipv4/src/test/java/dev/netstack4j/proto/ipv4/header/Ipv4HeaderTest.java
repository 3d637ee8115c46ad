package dev.netstack4j.proto.ipv4.header;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.proto.ipv4.rig.Packets;
import dev.netstack4j.testkit.fake.TestHost;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class Ipv4HeaderTest {
    /// The header of a DNS answer, from a capture.
    private static final byte[] CAPTURED = Packets.hex("4500 0073 0000 4000 4011 b861 c0a8 0001 c0a8 00c7");

    private final TestHost host = new TestHost();

    @Test
    @Mechanism("D5")
    void everyFieldOfACapturedHeaderIsRead() {
        SkBuff skb = host.packet(CAPTURED);
        int at = skb.data();
        assertEquals(4, Ipv4Header.version(skb, at));
        assertEquals(20, Ipv4Header.headerLength(skb, at));
        assertEquals(0x73, Ipv4Header.totalLength(skb, at));
        assertEquals(0, Ipv4Header.ident(skb, at));
        assertEquals(Ipv4Header.DF, Ipv4Header.fragmentWord(skb, at));
        assertEquals(64, Ipv4Header.ttl(skb, at));
        assertEquals(17, Ipv4Header.protocol(skb, at));
        assertEquals("192.168.0.1", Ipv4Address.text(Ipv4Header.source(skb, at)));
        assertEquals("192.168.0.199", Ipv4Address.text(Ipv4Header.destination(skb, at)));
        assertFalse(Ipv4Header.isFragment(skb, at));
    }

    @Test
    @Mechanism({"D5", "D7"})
    void aBuiltHeaderEqualsTheCapturedOne() {
        SkBuff skb = host.packet(new byte[20]);
        Ipv4Header.write(skb, skb.data(), 0, 0x73, 0, Ipv4Header.DF, 64, 17, 0xC0A8_0001, 0xC0A8_00C7);
        assertArrayEquals(CAPTURED, host.bytes(skb));
    }

    @Test
    @Mechanism("D7")
    void theChecksumIsRightOnlyIfNoBitIsWrong() {
        SkBuff skb = host.packet(CAPTURED);
        assertTrue(Ipv4Header.isChecksumRight(skb, skb.data(), 20));
        for (int bit = 0; bit < 160; bit++) {
            byte[] wrong = CAPTURED.clone();
            wrong[bit / 8] ^= (byte) (1 << bit % 8);
            SkBuff bad = host.packet(wrong);
            assertFalse(Ipv4Header.isChecksumRight(bad, bad.data(), 20), "bit " + bit);
        }
    }

    @Test
    @Mechanism("D7")
    void takingOneOffTheTimeToLiveKeepsTheChecksumRight() {
        for (int ttl = 255; ttl > 0; ttl--) {
            byte[] before = Packets.packet().ttl(ttl).protocol(ttl).bytes();
            SkBuff skb = host.packet(before);
            Ipv4Header.decrementTtl(skb, skb.data());
            assertArrayEquals(Packets.packet().ttl(ttl - 1).protocol(ttl).bytes(), host.bytes(skb));
        }
    }

    @Test
    void aHeaderWithOptionsIsSummedWhole() {
        SkBuff skb = host.packet(Packets.packet().options(148, 4, 0, 0).bytes());
        assertTrue(Ipv4Header.isChecksumRight(skb, skb.data(), 24));
        skb.put8(skb.data() + 23, 1);
        assertFalse(Ipv4Header.isChecksumRight(skb, skb.data(), 24));
    }

    @Test
    void optionsAreJudgedByTheirLengths() {
        assertEquals(Ipv4Options.Finding.FINE, options(1, 1, 1, 0));
        assertEquals(Ipv4Options.Finding.FINE, options(7, 7, 4, 0, 0, 0, 0, 0));
        assertEquals(Ipv4Options.Finding.SOURCE_ROUTE, options(131, 7, 4, 10, 0, 0, 9, 0));
        assertEquals(Ipv4Options.Finding.SOURCE_ROUTE, options(1, 137, 3, 4));
        assertEquals(Ipv4Options.Finding.MALFORMED, options(7, 1, 0, 0));
        assertEquals(Ipv4Options.Finding.MALFORMED, options(7, 9, 0, 0));
        assertEquals(Ipv4Options.Finding.MALFORMED, options(1, 1, 1, 7));
        assertEquals(Ipv4Options.Finding.FINE, options(0, 99, 99, 99));
    }

    private Ipv4Options.Finding options(int... bytes) {
        SkBuff skb = host.packet(Packets.packet().options(bytes).bytes());
        return Ipv4Options.check(skb, skb.data(), 20 + bytes.length);
    }

    @Test
    void laterFragmentsCarryOnlyOptionsThatAreCopied() {
        SkBuff skb =
                host.packet(Packets.packet().options(7, 3, 4, 148, 4, 0, 0, 0).bytes());
        Ipv4Options.blankUncopied(skb, skb.data(), 28);
        byte[] options = Arrays.copyOfRange(host.bytes(skb), 20, 28);
        assertArrayEquals(new byte[] {1, 1, 1, (byte) 148, 4, 0, 0, 0}, options);
    }
}
