package dev.netstack4j.nic.e1000;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.buffer.Checksum;
import dev.netstack4j.api.buffer.ChecksumState;
import dev.netstack4j.api.buffer.GsoType;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.device.TxStatus;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.error.NetException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Super-frames: what the driver writes into their headers and descriptors.
@Mechanism({"I11", "A17"})
class SegmentationTest {
    private static final int IP = 14;

    private final Rig rig;

    SegmentationTest() throws NetException {
        rig = new Rig().probe("tx=80").open();
    }

    @AfterEach
    void everythingIsFreed() {
        rig.silicon.transmit();
        rig.poll(64);
        rig.ops.stop();
        rig.assertNothingHeld();
    }

    private TxStatus send(SkBuff skb, boolean more) {
        return rig.ops.startXmit(skb, more, rig.cpu());
    }

    /// TCP over IPv4 from 10.0.0.1 to 10.0.0.2, with `options` bytes of TCP options, all in the linear area.
    private SkBuff superFrame(int payload, int mss, int options) {
        return superFrame(payload, mss, 0, options);
    }

    private SkBuff superFrame(int payload, int mss, int ipOptions, int options) {
        int tcp = IP + 20 + ipOptions;
        byte[] b = Rig.bytes(tcp + 20 + options + payload, 5);
        b[12] = 8;
        b[13] = 0;
        b[IP] = (byte) (0x40 | (20 + ipOptions) / 4);
        put16(b, IP + 2, b.length - IP);
        put16(b, IP + 10, 0x7777);
        b[IP + 9] = 6;
        put32(b, IP + 12, 0x0A00_0001);
        put32(b, IP + 16, 0x0A00_0002);
        b[tcp + 12] = (byte) ((20 + options) / 4 << 4);
        SkBuff skb = rig.host.packet(b);
        skb.networkHeader(skb.data() + IP);
        skb.transportHeader(skb.data() + tcp);
        skb.checksumPartial(skb.data() + tcp, 16);
        skb.gso(GsoType.TCP4, mss, (payload + mss - 1) / mss);
        return skb;
    }

    private static void put16(byte[] b, int at, int value) {
        b[at] = (byte) (value >> 8);
        b[at + 1] = (byte) value;
    }

    private static void put32(byte[] b, int at, int value) {
        put16(b, at, value >>> 16);
        put16(b, at + 2, value);
    }

    private static int get16(byte[] b, int at) {
        return (b[at] & 0xFF) << 8 | b[at + 1] & 0xFF;
    }

    @Test
    void theContextSaysWhereTheHeadersAreAndHowToCut() {
        send(superFrame(10_000, 1448, 12), false);
        rig.silicon.transmit();
        long[] context = rig.silicon.segmentContexts.getFirst();
        assertEquals(14, context[0] & 0xFF, "IPCSS");
        assertEquals(24, context[0] >>> 8 & 0xFF, "IPCSO");
        assertEquals(33, context[0] >>> 16 & 0xFFFF, "IPCSE, the last byte");
        assertEquals(34, context[0] >>> 32 & 0xFF, "TUCSS");
        assertEquals(50, context[0] >>> 40 & 0xFF, "TUCSO");
        assertEquals(0, context[0] >>> 48, "TUCSE: to the end");
        assertEquals(10_000, context[1] & 0xFFFFF, "PAYLEN");
        assertEquals(0, context[1] >>> 20 & 15, "DTYP");
        assertEquals(0b0010_0111, context[1] >>> 24 & 0xFF, "TUCMD: DEXT, TSE, IP, TCP");
        assertEquals(66, context[1] >>> 40 & 0xFF, "HDRLEN");
        assertEquals(1448, context[1] >>> 48, "MSS");
        long data = rig.silicon.lastWords.getFirst();
        assertEquals(3, data >>> 40 & 0xFF, "POPTS: IXSM, TXSM");
        assertEquals(0b0010_1111, data >>> 24 & 0xFF, "DCMD: DEXT, RS, TSE, IFCS, EOP");
        assertEquals(1, data >>> 20 & 15, "DTYP");
    }

    @Test
    void headersMayBeAsLongAsTheyCanGet() {
        send(superFrame(10_000, 1000, 40, 40), false);
        rig.silicon.transmit();
        long[] context = rig.silicon.segmentContexts.getFirst();
        assertEquals(73, context[0] >>> 16 & 0xFFFF, "IPCSE");
        assertEquals(74, context[0] >>> 32 & 0xFF, "TUCSS");
        assertEquals(134, context[1] >>> 40 & 0xFF, "HDRLEN");
    }

    @Test
    void theHeadersHoldThePseudoHeadersSumWithoutItsLength() {
        send(superFrame(5000, 1000, 0), false);
        rig.silicon.transmit();
        byte[] sent = rig.silicon.sent.getFirst();
        assertEquals(0, get16(sent, IP + 2), "IP length");
        assertEquals(0, get16(sent, IP + 10), "IP checksum");
        byte[] pseudo = {10, 0, 0, 1, 10, 0, 0, 2, 0, 6, 0, 0};
        assertEquals(Checksum.sum(MemorySegment.ofArray(pseudo), 0, 12), get16(sent, IP + 20 + 16));
    }

    @Test
    void headersThatOthersShareAreCopiedFirst() {
        SkBuff skb = superFrame(5000, 1000, 0);
        SkBuff clone = skb.clone(rig.cpu());
        byte[] before = rig.host.bytes(clone);
        send(skb, false);
        rig.silicon.transmit();
        assertEquals(before.length, rig.silicon.sent.getFirst().length);
        assertArrayEquals(before, rig.host.bytes(clone));
        clone.consume(rig.host.ledger().consume("TEST", "looked at"), rig.cpu());
    }

    @Test
    void anEqualContextIsNotWrittenAgainAndTheTwoKindsAreApart() {
        send(superFrame(5000, 1000, 0), true);
        SkBuff plain = rig.frame(600, 3);
        plain.checksumPartial(plain.data() + 34, 16);
        send(plain, true);
        send(superFrame(5000, 1000, 0), true);
        send(superFrame(5001, 1000, 0), false);
        rig.silicon.transmit();
        assertEquals(2, rig.silicon.segmentContexts.size());
        assertEquals(1, rig.silicon.contexts.size());
        assertEquals(4, rig.silicon.sent.size());
    }

    @Test
    void theCountsAreThoseOfTheWire() {
        send(superFrame(5001, 1000, 0), false);
        rig.silicon.transmit();
        rig.poll(64);
        DeviceStats stats = new DeviceStats();
        rig.ops.stats(stats);
        assertEquals(6, stats.txPackets);
        assertEquals(5001 + 6 * 54, stats.txBytes);
    }

    @Test
    void buffersAreCutAtFourKibAndTheLastBytesStandAlone() {
        send(superFrame(9000, 1000, 0), false);
        rig.silicon.transmit();
        assertEquals(List.of(4096, 4096, 9054 - 8192 - 4, 4), rig.silicon.lengths);
        rig.silicon.lengths.clear();
        send(rig.frame(100, 1), false);
        send(rig.frame(100, 2), false);
        rig.silicon.transmit();
        assertEquals(List.of(96, 4, 100), rig.silicon.lengths, "the first packet behind a super-frame too");
    }

    @Test
    void fragmentsAreGatheredAndTheLastOneIsCut() {
        SkBuff skb = superFrame(0, 1000, 0);
        for (int i = 0; i < 3; i++) {
            assertTrue(skb.addFragPage(1500, rig.cpu()));
            rig.host.pool().memory().write(skb.appendToFrag(1500), Rig.bytes(1500, i), 0, 1500);
        }
        skb.gso(GsoType.TCP4, 1000, 5);
        send(skb, false);
        rig.silicon.transmit();
        assertEquals(List.of(54, 1500, 1500, 1496, 4), rig.silicon.lengths);
        assertEquals(4500, rig.silicon.segmentContexts.getFirst()[1] & 0xFFFFF);
    }

    @Test
    void aPacketWithoutOffloadsIsLegacyInTheSameRing() {
        send(rig.frame(100, 1), true);
        send(superFrame(2000, 1000, 0), true);
        SkBuff tagged = rig.frame(100, 2);
        tagged.vlanTag(0x2064);
        send(tagged, true);
        SkBuff summed = rig.frame(600, 3);
        summed.checksumPartial(summed.data() + 34, 6);
        send(summed, false);
        rig.silicon.transmit();
        assertEquals(List.of("legacy", "data", "data", "legacy", "legacy", "data"), rig.silicon.kinds);
        assertEquals(List.of(-1, -1, 0x2064, -1), rig.silicon.vlans);
        assertEquals(0, rig.silicon.lastWords.getFirst() >>> 16 & 0xFF, "CSO");
    }

    /// What breaks, and why the packet is dropped.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "IPv6       | 14 | 0x65 | NIC_TX_HEADERS",
                "UDP        | 23 | 11 | NIC_TX_HEADERS",
                "IP header  | 14 | 0x46 | NIC_TX_HEADERS",
                "TCP header | 46 | 10 | NIC_TX_HEADERS",
            })
    void headersThatTheDeviceCannotCutAreRefused(String what, int at, int value, String reason) {
        SkBuff skb = superFrame(3000, 1000, 0);
        skb.put8(skb.data() + at, value);
        assertEquals(TxStatus.OK, send(skb, false), what);
        assertEquals(1, rig.host.ledger().dropped(reason), what);
        assertEquals(0, rig.registers.get(Registers.TDT));
    }

    @Test
    void whatIsNoTcpOrHasNoOpenChecksumOrNoPayloadIsRefused() {
        SkBuff udp = superFrame(3000, 1000, 0);
        udp.gso(GsoType.UDP_L4, 1000, 3);
        SkBuff summed = superFrame(3000, 1000, 0);
        summed.checksumState(ChecksumState.NONE);
        SkBuff empty = superFrame(0, 1000, 0);
        for (SkBuff skb : List.of(udp, summed, empty)) {
            assertEquals(TxStatus.OK, send(skb, false));
        }
        assertEquals(3, rig.host.ledger().dropped("NIC_TX_HEADERS"));
    }

    @Test
    void aSegmentMustBeAFrameThatTheDeviceCanSend() {
        send(superFrame(40_000, 16_124 - 54, 0), false);
        assertEquals(0, rig.host.ledger().dropped("NIC_TX_LENGTH"));
        send(superFrame(40_000, 16_125 - 54, 0), false);
        assertEquals(1, rig.host.ledger().dropped("NIC_TX_LENGTH"));
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 96, 256})
    @Mechanism({"I1", "F12"})
    void theLargestSuperFramesPassTheSmallestRings(int size) throws NetException {
        rig.ops.stop();
        rig.config.ethtool().setRings(80, size);
        rig.open();
        int sent = 0;
        for (int round = 0; sent < 40; round++) {
            assertTrue(round < 200, "no progress");
            SkBuff skb = superFrame(65_000, 1448, 0);
            if (rig.stopped || send(skb, false) == TxStatus.BUSY) {
                skb.consume(rig.host.ledger().consume("TEST", "no room"), rig.cpu());
                rig.silicon.transmit();
                rig.poll(64);
                assertFalse(rig.stopped);
            } else {
                sent++;
            }
        }
        rig.silicon.transmit();
        assertEquals(sent, rig.silicon.sent.size());
    }
}
