package dev.netstack4j.nic.igb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.buffer.Checksum;
import dev.netstack4j.api.buffer.ChecksumState;
import dev.netstack4j.api.buffer.GsoType;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.testkit.fake.TestHost;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The context and options of a packet, against the pictures of the data sheet. The bits stand here as numbers.
class TxOffloadTest {
    private final TestHost host = new TestHost();
    private final TxOffload offload = new TxOffload();
    private SkBuff skb = host.packet(new byte[60]);

    @AfterEach
    void free() {
        skb.consume(host.ledger().consume("TEST", "looked at"), host.cpu());
        host.assertNoLeak();
    }

    private void use(byte[] bytes) {
        skb.consume(host.ledger().consume("TEST", "looked at"), host.cpu());
        skb = host.packet(bytes);
    }

    /// Ethernet, IPv4 with its length and checksum set, TCP, payload.
    private void tcp(int payload) {
        byte[] b = new byte[54 + payload];
        byte[] head = HexFormat.of()
                .parseHex("525400123456" + "020000000001" + "0800" + "45000fc8" + "12344000" + "4006abcd" + "0a000001"
                        + "0a000002" + "9c400050" + "01020304" + "05060708" + "5019ffff" + "0000" + "0000");
        System.arraycopy(head, 0, b, 0, head.length);
        use(b);
        skb.networkHeader(skb.data() + 14);
        skb.checksumPartial(skb.data() + 34, 16);
    }

    private static long bits(long word, int from, int to) {
        return word >>> from & (1L << to - from + 1) - 1;
    }

    @Test
    void aPlainPacketNeedsNoContext() {
        assertTrue(offload.describe(skb, host.cpu()));
        assertFalse(offload.needsContext());
        assertEquals(3, bits(offload.command(), 20, 23)); // data
        assertEquals(1, bits(offload.command(), 29, 29)); // DEXT
        assertEquals(1, bits(offload.command(), 25, 25)); // IFCS
        assertEquals(60, bits(offload.command(), 46, 63)); // PAYLEN
    }

    @Test
    void aTcpChecksumNamesItsHeadersInTheContext() {
        tcp(100);
        assertTrue(offload.describe(skb, host.cpu()));
        assertTrue(offload.needsContext());
        assertEquals(14, bits(offload.contextLow(), 9, 15));
        assertEquals(20, bits(offload.contextLow(), 0, 8));
        assertEquals(2, bits(offload.contextHigh(), 20, 23)); // context
        assertEquals(1, bits(offload.contextHigh(), 11, 12)); // TCP
        assertEquals(2, bits(offload.command(), 40, 45)); // TXSM
    }

    @Test
    void aTagStandsInTheContextAndIsAskedForInTheData() {
        skb.vlanTag(0x2064);
        assertTrue(offload.describe(skb, host.cpu()));
        assertEquals(0x2064, bits(offload.contextLow(), 16, 31));
        assertEquals(1, bits(offload.command(), 30, 30)); // VLE
    }

    @Test
    void aLargePacketIsPreparedForSegmentation() {
        tcp(4000);
        skb.gso(GsoType.TCP4, 1460, 3);
        assertTrue(TxOffload.isSendable(skb));
        assertTrue(offload.describe(skb, host.cpu()));
        int ip = skb.networkHeader();
        assertEquals(0, skb.get16(ip + 2), "the length of each segment is the device's");
        assertEquals(0, skb.get16(ip + 10), "and so is its checksum");
        int pseudo = Checksum.fold(Checksum.add(Checksum.of64(0x0a0000010a000002L), 6));
        assertEquals(pseudo, skb.get16(ip + 20 + 16), "the pseudo-header without a length");
        assertEquals(1460, bits(offload.contextHigh(), 48, 63)); // MSS
        assertEquals(20, bits(offload.contextHigh(), 40, 47)); // L4LEN
        assertEquals(1, bits(offload.contextHigh(), 36, 38)); // IDX
        assertEquals(1, bits(offload.contextHigh(), 10, 10)); // IPv4
        assertEquals(1, bits(offload.command(), 36, 38)); // IDX
        assertEquals(1, bits(offload.command(), 31, 31)); // TSE
        assertEquals(3, bits(offload.command(), 40, 45)); // IXSM, TXSM
        assertEquals(4000, bits(offload.command(), 46, 63)); // PAYLEN without headers
    }

    @Test
    void aChecksumThatTheDeviceDoesNotKnowIsCompletedHere() {
        tcp(100);
        skb.checksumPartial(skb.data() + 34, 2); // no field of TCP or UDP
        assertTrue(offload.describe(skb, host.cpu()));
        assertEquals(ChecksumState.NONE, skb.checksumState());
        assertFalse(offload.needsContext());
    }

    @Test
    void superFramesOfOtherProtocolsAndFramesThatAreTooLongAreNotSendable() {
        tcp(4000);
        skb.gso(GsoType.UDP_L4, 1460, 3);
        assertFalse(TxOffload.isSendable(skb));
        use(new byte[9725]);
        assertFalse(TxOffload.isSendable(skb));
    }
}
