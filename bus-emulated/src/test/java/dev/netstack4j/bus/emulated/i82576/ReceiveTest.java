package dev.netstack4j.bus.emulated.i82576;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.buffer.Checksum;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.IrqKind;
import dev.netstack4j.bus.emulated.bench.Bytes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Filters, buffers, checksums and overruns of the receive queues.
class ReceiveTest {
    private static final int ADVANCED_2K = 1 << 25 | 2;
    private static final int DROP = 1 << 31;
    private static final int LPE = 1 << 5;
    private static final long L4CS = 1 << 5;
    private static final long IPCS = 1 << 6;
    private static final long L4E = 1L << 29;
    private static final long IPE = 1L << 30;

    private static Board board(int posted, int control, int more) throws NetException {
        Board b = new Board(IrqKind.MSI_X).receiveQueue(0, posted, control);
        b.receiver(more);
        return b;
    }

    @Test
    void checksumsThatAreRightOrWrongAreReported() throws NetException {
        Board b = board(8, ADVANCED_2K, 0);
        b.w(0x5000, 3 << 8 | 1 << 13);
        byte[] good = Bytes.tcp(100, 0x10);
        b.wire.inject(good, Bytes.set(good, 60, 0xEE), Bytes.set(good, 22, 1));
        b.settle();
        assertEquals(L4CS | IPCS, b.word(0, 0, 1) & (L4CS | IPCS | L4E | IPE));
        assertEquals(L4CS | IPCS | L4E, b.word(0, 1, 1) & (L4CS | IPCS | L4E | IPE));
        assertEquals(IPE, b.word(0, 2, 1) & IPE);
        assertEquals(0x110, (int) b.word(0, 0, 0) & 0xFFF0, "TCP over IPv4");
        assertArrayEquals(good, b.bytes(0, 0));
    }

    @Test
    void aSuperFrameOfTheWireIsWrittenAsTheFramesThatItStandsFor() throws NetException {
        Board b = board(8, ADVANCED_2K, 0);
        b.w(0x5000, 3 << 8 | 1 << 13);
        byte[] large = Bytes.tcp(3000, 0x19);
        assertTrue(b.wire.injectWhole(large, 1400));
        b.settle();
        assertFalse(b.received(0, 3));
        for (int i = 0; i < 3; i++) {
            assertEquals(L4CS | IPCS, b.word(0, i, 1) & (L4CS | IPCS | L4E | IPE));
            byte[] s = b.bytes(0, i);
            int payload = i == 2 ? 200 : 1400;
            assertEquals(54 + payload, s.length);
            assertEquals(0xFFFF, Checksum.add(Bytes.pseudo(s, 14, 20 + payload), Bytes.sum(s, 34, s.length)));
            assertArrayEquals(
                    Arrays.copyOfRange(large, 54 + 1400 * i, 54 + 1400 * i + payload),
                    Arrays.copyOfRange(s, 54, s.length));
        }
        assertEquals(3, b.r(0x4074), "GPRC");
    }

    @Test
    void aLongFrameFillsSeveralBuffersAndOnlyTheLastSaysThatItEnds() throws NetException {
        Board b = board(8, ADVANCED_2K, LPE);
        byte[] jumbo = Bytes.frame(5000, 3);
        b.wire.inject(jumbo);
        b.settle();
        assertEquals(1, b.word(0, 0, 1) & 3);
        assertEquals(1, b.word(0, 1, 1) & 3);
        assertEquals(3, b.word(0, 2, 1) & 3);
        byte[] all = Bytes.concat(Bytes.concat(b.bytes(0, 0), b.bytes(0, 1)), b.bytes(0, 2));
        assertArrayEquals(jumbo, all);
    }

    @Test
    void aFrameThatIsTooLongIsCountedAndDropped() throws NetException {
        Board b = board(8, ADVANCED_2K, 0);
        b.wire.inject(Bytes.frame(1514, 1), Bytes.frame(1515, 1), Bytes.tagged(Bytes.frame(1514, 1), 3));
        b.settle();
        assertTrue(b.received(0, 1));
        assertFalse(b.received(0, 2));
        assertEquals(1, b.r(0x40AC)); // ROC
    }

    @Test
    void tagsAreStrippedAndFilteredByTheTable() throws NetException {
        Board b = board(8, ADVANCED_2K, 1 << 18); // VFE
        b.w(0x0000, b.r(0x0000) | 1 << 30); // VME
        for (int i = 0; i < 128; i++) {
            b.w(0x5600 + 4 * i, 0);
        }
        b.w(0x5600 + 4 * (100 >> 5), 1 << (100 & 31));
        byte[] frame = Bytes.frame(100, 9);
        b.wire.inject(Bytes.tagged(frame, 101), Bytes.tagged(frame, 0xA064));
        b.settle();
        assertEquals(0xA064, b.word(0, 0, 1) >>> 48);
        assertEquals(8, b.word(0, 0, 1) & 8);
        assertArrayEquals(frame, b.bytes(0, 0));
        assertFalse(b.received(0, 1));
    }

    @Test
    void legacyDescriptorsCarryLengthStatusAndTag() throws NetException {
        Board b = board(8, 2, 0);
        b.wire.inject(Bytes.frame(100, 9));
        b.settle();
        long word = b.word(0, 0, 1);
        assertEquals(100, word & 0xFFFF);
        assertEquals(3, word >>> 32 & 3);
    }

    @Test
    void aQueueWithoutBuffersDropsWhenItIsToldToAndElseHoldsItsFrames() throws NetException {
        Board drops = board(2, ADVANCED_2K | DROP, 0);
        byte[][] five = new byte[5][];
        Arrays.setAll(five, i -> Bytes.frame(60, i));
        drops.wire.inject(five);
        drops.settle();
        assertEquals(3, drops.r(0xC030)); // RQDPC
        assertEquals(0, drops.r(0xC030));
        assertEquals(0, drops.r(0x4010));
        Board holds = board(2, ADVANCED_2K, 0);
        holds.wire.inject(five);
        holds.settle();
        assertFalse(holds.received(0, 2));
        holds.w(0xC018, 6);
        holds.settle();
        assertTrue(holds.received(0, 4));
        assertEquals(0, holds.r(0xC030));
    }

    @Test
    void withoutFlowControlAFullPacketBufferMissesFrames() throws NetException {
        Board b = board(0, ADVANCED_2K, 0);
        for (int i = 0; i < 60; i++) {
            b.wire.inject(Bytes.frame(1514, i));
        }
        int missed = b.r(0x4010);
        assertEquals(60 - 65536 / 1536, missed);
        assertEquals(1 << 6, b.r(0xC0) & 1 << 6); // RXO
    }

    @Test
    void aboveTheHighWaterMarkAPauseFrameGoesOutAndBelowTheLowOneItIsTakenBack() throws NetException {
        Board b = board(0, ADVANCED_2K, 0);
        b.w(0x0028, 0x00C2_8001);
        b.w(0x002C, 0x0100);
        b.w(0x0030, 0x8808);
        b.w(0x0170, 0x1234);
        b.w(0x2160, 1 << 31 | 4096);
        b.w(0x2168, 16384);
        b.w(0x0000, b.r(0x0000) | 1 << 28); // TFCE
        for (int i = 0; i < 11; i++) {
            b.wire.inject(Bytes.frame(1514, i));
        }
        b.settle();
        assertEquals(1, b.wire.sent.size());
        assertEquals(
                "0180c2000001" + "525400123456" + "8808" + "0001" + "1234",
                Bytes.hex(Arrays.copyOf(b.wire.sent.getFirst(), 18)));
        b.w(0xC018, 20);
        b.settle();
        assertEquals(2, b.wire.sent.size());
        assertEquals(0, Bytes.get16(b.wire.sent.get(1), 16));
        assertEquals(1, b.r(0x4054)); // XOFFTXC
        assertEquals(1, b.r(0x404C)); // XONTXC
    }

    @Test
    void multicastPassesByItsHashAndUnicastOfOthersOnlyInPromiscuousMode() throws NetException {
        Board b = board(8, ADVANCED_2K, 0);
        for (int i = 0; i < 128; i++) {
            b.w(0x5200 + 4 * i, 0);
        }
        byte[] group = Bytes.frame("01005e000102", 60, 1);
        byte[] other = Bytes.frame("020000000099", 60, 2);
        b.wire.inject(group, other);
        b.settle();
        assertFalse(b.received(0, 0));
        int hash = 0x02 << 4 | 0x01 >> 4;
        b.w(0x5200 + 4 * (hash >> 5), 1 << (hash & 31));
        b.wire.inject(group, other);
        b.settle();
        assertTrue(b.received(0, 0));
        assertFalse(b.received(0, 1));
        b.receiver(1 << 3); // UPE
        b.wire.inject(other);
        b.settle();
        assertTrue(b.received(0, 1));
    }

    @Test
    void everyRegisterOfACardThatWasPulledOutReadsAllOnes() throws NetException {
        Board b = board(8, ADVANCED_2K, 0);
        b.host.bus.unplug(b.device);
        assertEquals(-1, b.r(0x0008));
        assertEquals(-1, b.r(0xC010));
        assertEquals(1, b.wire.inject(Bytes.frame(60, 1)), "frames are lost in it");
    }

    @Test
    void theEepromGivesTheAddressAndAddsUp() throws NetException {
        Board b = board(8, ADVANCED_2K, 0);
        int sum = 0;
        for (int w = 0; w < 64; w++) {
            b.w(0x14, w << 2 | 1);
            assertEquals(2, b.r(0x14) & 2);
            sum += b.r(0x14) >>> 16;
        }
        assertEquals(0xBABA, sum & 0xFFFF);
        assertEquals(0x1200_5452, b.r(0x5400));
    }

    @Test
    void restartingTheNegotiationThroughThePhyEndsInALinkChange() throws NetException {
        Board b = board(8, ADVANCED_2K, 0);
        b.r(0xC0);
        b.w(0x20, 1 << 26 | 1 << 21 | 0x1200);
        assertEquals(1 << 28, b.r(0x20) & (1 << 28 | 1 << 30));
        assertEquals(1 << 2, b.r(0xC0) & 1 << 2);
        assertEquals(2, b.r(0x8) & 2);
        b.w(0x20, 2 << 26 | 1 << 21 | 1 << 16); // the first read tells of the loss before
        b.w(0x20, 2 << 26 | 1 << 21 | 1 << 16);
        assertEquals(1 << 5 | 1 << 2, b.r(0x20) & (1 << 5 | 1 << 2)); // negotiated, link
    }
}
