package dev.netstack4j.proto.ipv4.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.proto.ipv4.header.Ipv4Header;
import dev.netstack4j.testkit.fake.TestHost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class Ipv4MarksTest {
    private final TestHost host = new TestHost();
    private final Ipv4Marks marks = new Ipv4Marks();

    @AfterEach
    void nothingIsLeft() {
        host.assertNoLeak();
    }

    private SkBuff packet(int length, int codepoint) {
        byte[] bytes = new byte[length];
        bytes[0] = 0x45;
        bytes[1] = (byte) (0xB8 | codepoint);
        SkBuff skb = host.packet(bytes);
        skb.resetNetworkHeader();
        return skb;
    }

    private void free(SkBuff skb) {
        skb.consume(host.ledger().consume("TEST", "the test is over"), host.cpu());
    }

    @Test
    void whatMayBeMarkedIsAndItsChecksumStaysRight() {
        for (int codepoint = 1; codepoint <= 3; codepoint++) {
            SkBuff skb = packet(40, codepoint);
            int at = skb.networkHeader();
            Ipv4Header.seal(skb, at, Ipv4Header.LENGTH);
            assertTrue(marks.mark(skb, host.cpu()));
            assertEquals(0xBB, Ipv4Header.tos(skb, at));
            assertTrue(Ipv4Header.isChecksumRight(skb, at, Ipv4Header.LENGTH));
            free(skb);
        }
    }

    @Test
    void whatMayNotBeMarkedStays() {
        SkBuff skb = packet(40, 0);
        assertFalse(marks.mark(skb, host.cpu()));
        assertEquals(0xB8, Ipv4Header.tos(skb, skb.networkHeader()));
        free(skb);
    }

    @Test
    void whatHasNoWholeHeaderIsNotMarked() {
        SkBuff skb = packet(Ipv4Header.LENGTH - 1, 2);
        assertFalse(marks.mark(skb, host.cpu()));
        skb.networkHeader(skb.data() - 1);
        assertFalse(marks.mark(skb, host.cpu()));
        free(skb);
    }
}
