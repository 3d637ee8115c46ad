package dev.netstack4j.proto.tcp.header;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.doc.Proves;
import dev.netstack4j.testkit.fake.TestHost;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class HeaderTest {
    // A SYN with MSS 1460, SACK permitted, timestamps and window scale 7.
    private static final String SYN =
            "c0de00501234567800000000a002faf0abcd0000020405b40402080a0011223300000000" + "01030307";
    private final TestHost host = new TestHost();

    private SkBuff packet(String hex) {
        SkBuff skb = host.packet(HexFormat.of().parseHex(hex));
        skb.resetTransportHeader();
        return skb;
    }

    @Test
    void the_fields_of_a_syn_are_read() {
        SkBuff skb = packet(SYN);
        assertEquals(0xc0de, TcpHeader.sourcePort(skb));
        assertEquals(80, TcpHeader.destinationPort(skb));
        assertEquals(0x12345678, TcpHeader.seq(skb));
        assertEquals(40, TcpHeader.length(skb));
        assertEquals(TcpFlags.SYN, TcpHeader.flags(skb));
        assertEquals(64240, TcpHeader.window(skb));
    }

    @Test
    void the_options_of_a_syn_are_read_and_written_alike() {
        SkBuff skb = packet(SYN);
        ParsedOptions o = new ParsedOptions();
        TcpOptions.parse(skb, o);
        assertEquals(1460, o.mss);
        assertEquals(7, o.windowScale);
        assertTrue(o.sackPermitted);
        assertTrue(o.timestamp);
        assertEquals(0x00112233, o.tsVal);
        int end = TcpOptions.writeSyn(skb, skb.data() + 20, 1460, true, true, 0x00112233, 0, 7);
        assertEquals(skb.data() + 40, end);
        assertEquals(SYN, HexFormat.of().formatHex(host.bytes(skb)));
    }

    @Test
    @Mechanism({"A14"})
    void the_end_counts_syn_fin_and_payload() {
        SkBuff skb = packet("00010002000003e800000000" + "5003000000000000" + "0102030405");
        SegmentControl.fill(skb);
        assertEquals(1000, SegmentControl.seq(skb));
        assertEquals(1000 + 5 + 2, SegmentControl.endSeq(skb));
    }

    @Test
    @Proves("RFC9293-MUST-7")
    void a_malformed_option_ends_the_list() {
        for (String bad : new String[] {"02000000", "02ff0000", "0a010203", "08040000"}) {
            SkBuff skb = packet("000100020000000000000000" + "6010000000000000" + bad);
            ParsedOptions o = new ParsedOptions();
            TcpOptions.parse(skb, o);
            assertEquals(0, o.mss);
            assertFalse(o.timestamp);
        }
    }

    @Test
    void sequence_numbers_compare_around_the_wrap() {
        assertTrue(Seq.before(-5, 5));
        assertTrue(Seq.after(5, -5));
        assertTrue(Seq.between(0, -5, 5));
        assertFalse(Seq.between(6, -5, 5));
        assertEquals(5, Seq.max(-5, 5));
        assertTrue(Seq.atMost(7, 7));
    }
}
