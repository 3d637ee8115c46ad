package dev.netstack4j.bus.emulated.i82576;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.buffer.Checksum;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.api.hardware.IrqKind;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.bus.emulated.bench.Bytes;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Descriptors, offloads and write-back of the transmit queues.
class TransmitTest {
    private static final int TCP = 1 << 11;
    private static final int IPV4 = 1 << 10;

    private static Board board() throws NetException {
        return new Board(IrqKind.MSI_X).transmitQueue(0).transmitQueue(3);
    }

    /// The transport's checksum field holds the sum of the pseudo-header, as a driver leaves it.
    private static byte[] withPartialSum(byte[] frame, int field, int transportBytes) {
        byte[] b = frame.clone();
        Bytes.put16(b, field, Bytes.pseudo(b, 14, transportBytes));
        return b;
    }

    @Test
    void frameLeavesThroughEveryQueueAndItsDescriptorIsReported() throws NetException {
        Board b = board();
        byte[] first = Bytes.frame(200, 1);
        byte[] second = Bytes.frame(300, 2);
        long one = b.packet(0, first, 0, 0, 0);
        long two = b.packet(3, second, 0, 0, 0);
        b.send(0);
        assertTrue(b.done(one));
        assertFalse(b.done(two));
        b.send(3);
        assertTrue(b.done(two));
        assertArrayEquals(first, b.wire.sent.get(0));
        assertArrayEquals(second, b.wire.sent.get(1));
        assertEquals(2, b.r(0x4080)); // GPTC
        assertEquals(0, b.r(0x4080));
    }

    @Test
    void legacyDescriptorsWorkToo() throws NetException {
        Board b = board();
        byte[] frame = Bytes.frame(100, 7);
        long at = b.descriptor(0, b.data(frame), frame.length | Board.EOP | Board.IFCS | Board.RS | Board.VLE, 5 << 16);
        b.send(0);
        assertTrue(b.done(at));
        assertArrayEquals(Bytes.tagged(frame, 5), b.wire.sent.getFirst());
    }

    @Test
    void tcpAndUdpChecksumsAreCompletedFromTheSumOfThePseudoHeader() throws NetException {
        Board b = board();
        byte[] tcp = Bytes.tcp(101, 0x18);
        b.context(0, 0, 14, 20, TCP | IPV4, 0, 0, 0);
        b.packet(0, withPartialSum(tcp, 50, 121), 0, 2, 0);
        byte[] udp = Bytes.udp(33);
        b.context(0, 1, 14, 20, IPV4, 0, 0, 0);
        b.packet(0, withPartialSum(udp, 40, 41), 0, 2, 1);
        b.send(0);
        assertArrayEquals(tcp, b.wire.sent.get(0));
        assertArrayEquals(udp, b.wire.sent.get(1));
    }

    @Test
    void theTagStandsInTheContext() throws NetException {
        Board b = board();
        byte[] frame = Bytes.frame(100, 7);
        b.context(0, 0, 14, 0, 0, 0, 0, 0x2064);
        b.packet(0, frame, Board.VLE, 0, 0);
        b.send(0);
        assertArrayEquals(Bytes.tagged(frame, 0x2064), b.wire.sent.getFirst());
    }

    @Test
    void aLargeTcpPacketIsCutIntoSegmentsWithHeadersOfTheirOwn() throws NetException {
        Board b = board();
        byte[] large = Bytes.tcp(4000, 0x19); // FIN, PSH, ACK
        Bytes.put16(large, 16, 0); // IP length and checksum are the device's
        Bytes.put16(large, 24, 0);
        Bytes.put16(large, 50, Bytes.pseudo(large, 14, 0));
        b.context(0, 1, 14, 20, TCP | IPV4, 20, 1460, 0);
        long at = b.descriptor(
                0,
                b.data(large),
                large.length | Board.DATA | Board.EOP | Board.RS | Board.TSE,
                4000 << 14 | 3 << 8 | 1 << 4);
        b.send(0);
        assertTrue(b.done(at));
        List<byte[]> sent = b.wire.sent;
        assertEquals(3, sent.size());
        int[] payloads = {1460, 1460, 1080};
        for (int i = 0, from = 0; i < 3; from += payloads[i], i++) {
            byte[] s = sent.get(i);
            assertEquals(54 + payloads[i], s.length);
            assertEquals(40 + payloads[i], Bytes.get16(s, 16));
            assertEquals(0x1234 + i, Bytes.get16(s, 18));
            assertEquals(0x01020304 + from, Bytes.get32(s, 38));
            assertEquals(i == 2 ? 0x19 : 0x10, s[47] & 0xFF);
            assertEquals(0xFFFF, Bytes.sum(s, 14, 34));
            int sum = Checksum.add(Bytes.pseudo(s, 14, 20 + payloads[i]), Bytes.sum(s, 34, s.length));
            assertEquals(0xFFFF, sum);
            assertArrayEquals(
                    Arrays.copyOfRange(large, 54 + from, 54 + from + payloads[i]), Arrays.copyOfRange(s, 54, s.length));
        }
    }

    @Test
    void aWireThatCutsIsLeftTheLargePacketAndItsCountsAreThoseOfItsSegments() throws NetException {
        Board b = board();
        b.wire.offloads = Wire.CAN_CSUM | Wire.CAN_TSO4;
        byte[] large = Bytes.tcp(4000, 0x19);
        byte[] given = large.clone();
        Bytes.put16(given, 16, 0);
        Bytes.put16(given, 24, 0);
        Bytes.put16(given, 50, Bytes.pseudo(large, 14, 0));
        b.w(0x400, b.r(0x400)); // TCTL: the card asks the wire what it takes
        b.context(0, 1, 14, 20, TCP | IPV4, 20, 1460, 0);
        b.descriptor(
                0,
                b.data(given),
                large.length | Board.DATA | Board.EOP | Board.RS | Board.TSE,
                4000 << 14 | 3 << 8 | 1 << 4);
        b.send(0);
        assertEquals(List.of(1460), b.wire.segmentSizes);
        Bytes.put16(large, 50, Bytes.pseudo(large, 14, 4020));
        assertArrayEquals(large, b.wire.sent.getFirst());
        assertEquals(FrameBatch.NEEDS_CSUM, b.wire.flags.getFirst());
        assertEquals(3, b.r(0x4080), "GPTC");
        assertEquals(3 * 58 + 4000, b.r(0x4090), "GOTCL");
        assertEquals(1, b.r(0x40F8), "TSCTC");
    }

    @Test
    void aPacketWhoseHeadersAreNotWhatItsDescriptorsSayIsNotLeftToTheWire() throws NetException {
        Board b = board();
        b.wire.offloads = Wire.CAN_CSUM | Wire.CAN_TSO4;
        b.w(0x400, b.r(0x400));
        b.context(0, 1, 14, 24, TCP | IPV4, 20, 1460, 0);
        byte[] large = Bytes.tcp(4000, 0x10);
        b.descriptor(
                0,
                b.data(large),
                large.length | Board.DATA | Board.EOP | Board.RS | Board.TSE,
                3996 << 14 | 3 << 8 | 1 << 4);
        b.send(0);
        assertEquals(List.of(0, 0, 0), b.wire.segmentSizes);
    }

    @Test
    void aPacketWithoutALinkLayerHeaderIsNotLeftToTheWire() throws NetException {
        Board b = board();
        b.wire.offloads = Wire.CAN_CSUM | Wire.CAN_TSO4;
        b.w(0x400, b.r(0x400));
        b.context(0, 1, 0, 20, TCP | IPV4, 20, 1460, 0);
        byte[] tcp = Bytes.tcp(4000, 0x10);
        byte[] bare = Arrays.copyOfRange(tcp, 14, tcp.length);
        b.descriptor(
                0,
                b.data(bare),
                bare.length | Board.DATA | Board.EOP | Board.RS | Board.TSE,
                4000 << 14 | 3 << 8 | 1 << 4);
        b.send(0);
        assertEquals(List.of(0, 0, 0), b.wire.segmentSizes);
    }

    @Test
    void segmentsThatTheWireRefusesFollowWhenItTakesFramesAgain() throws NetException {
        Board b = board();
        byte[] large = Bytes.tcp(4000, 0x10);
        Bytes.put16(large, 50, Bytes.pseudo(large, 14, 0));
        b.context(0, 1, 14, 20, TCP | IPV4, 20, 1000, 0);
        long at = b.descriptor(
                0,
                b.data(large),
                large.length | Board.DATA | Board.EOP | Board.RS | Board.TSE,
                4000 << 14 | 3 << 8 | 1 << 4);
        b.wire.room = 2;
        b.send(0);
        assertFalse(b.done(at));
        b.wire.open();
        b.settle();
        assertTrue(b.done(at));
        assertEquals(4, b.wire.sent.size());
        for (int i = 0; i < 4; i++) {
            assertEquals(0x01020304 + 1000 * i, Bytes.get32(b.wire.sent.get(i), 38));
        }
    }

    @Test
    void theHeadIsWrittenBackInsteadOfDescriptorsWhereItIsAskedFor() throws NetException {
        Board b = board();
        b.w(0xE03C, 0);
        b.w(0xE038, 0x18_0000 | 1);
        b.packet(0, Bytes.frame(60, 1), 0, 0, 0);
        long second = b.packet(0, Bytes.frame(60, 2), 0, 0, 0);
        b.send(0);
        assertEquals(2, (int) b.host.memory().get64LeAcquire(0x18_0000));
        assertFalse(b.done(second));
        assertEquals(2, b.wire.sent.size());
    }

    @Test
    void aQueueThatIsNotEnabledSendsNothing() throws NetException {
        Board b = board();
        b.w(0xE0E8, 0); // queue 3
        b.packet(3, Bytes.frame(60, 1), 0, 0, 0);
        b.send(3);
        assertEquals(0, b.wire.sent.size());
        b.w(0xE0E8, 1 << 25);
        b.settle();
        assertEquals(1, b.wire.sent.size());
    }

    @Test
    void aPauseFrameOfTheOtherEndStopsTransmissionForItsTime() throws NetException {
        Board b = board();
        b.w(0x0000, b.r(0x0000) | 1 << 27); // RFCE
        b.receiveQueue(0, 8, 1 << 25 | 2);
        b.receiver(0);
        byte[] xoff = Bytes.frame("0180c2000001", 60, 0);
        System.arraycopy(Bytes.hex("8808 0001 0064"), 0, xoff, 12, 6); // 100 quanta of 512 ns
        b.wire.inject(xoff);
        b.packet(0, Bytes.frame(60, 1), 0, 0, 0);
        b.send(0);
        assertEquals(0, b.wire.sent.size());
        b.host.engines.advance(51_100);
        assertEquals(0, b.wire.sent.size());
        b.host.engines.advance(200);
        assertEquals(1, b.wire.sent.size());
        assertEquals(1, b.r(0x4050)); // XOFFRXC
        assertFalse(b.received(0, 0), "pause frames are not handed on");
    }
}
