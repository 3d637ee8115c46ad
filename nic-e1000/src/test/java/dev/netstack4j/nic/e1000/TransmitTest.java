package dev.netstack4j.nic.e1000;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.buffer.ChecksumState;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.device.TxStatus;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.error.NetException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransmitTest {
    private Rig rig;

    TransmitTest() throws NetException {
        rig = new Rig().probe("tx=80").open();
    }

    @AfterEach
    void everythingIsFreed() {
        rig.ops.stop();
        rig.assertNothingHeld();
    }

    private TxStatus send(SkBuff skb, boolean more) {
        return rig.ops.startXmit(skb, more, rig.cpu());
    }

    private long doorbells() {
        DeviceStats stats = new DeviceStats();
        rig.ops.stats(stats);
        return stats.chip().get("tx_doorbells");
    }

    @Test
    @Mechanism({"I3", "I6", "F16", "F17"})
    void aFrameIsSentAsItIsAndFreedOnlyWhenTheDeviceReportsIt() {
        assertEquals(TxStatus.OK, send(rig.frame(100, 1), false));
        assertEquals(1, rig.registers.get(Registers.TDT));
        int held = rig.host.pool().live();
        rig.poll(64);
        assertEquals(held, rig.host.pool().live(), "not reported yet");
        rig.silicon.transmit();
        assertArrayEquals(Rig.bytes(100, 1), rig.silicon.sent.get(0));
        rig.poll(64);
        assertEquals(held - 1, rig.host.pool().live());
        DeviceStats stats = new DeviceStats();
        rig.ops.stats(stats);
        assertEquals(1, stats.txPackets);
        assertEquals(100, stats.txBytes);
    }

    @Test
    @Mechanism("I5")
    void theDoorbellWaitsWhileMorePacketsFollow() {
        for (int i = 0; i < 5; i++) {
            send(rig.frame(60, i), true);
        }
        assertEquals(0, rig.registers.get(Registers.TDT));
        send(rig.frame(60, 5), false);
        assertEquals(6, rig.registers.get(Registers.TDT));
        assertEquals(1, doorbells());
        rig.silicon.transmit();
        assertEquals(6, rig.silicon.sent.size());
        assertEquals(1, rig.silicon.reports, "only the last of a batch is reported");
        rig.poll(64);
        assertEquals(6, rig.host.ledger().consumed().get("TX_DONE"));
    }

    @Test
    @Mechanism("I7")
    void packetsBehindTheLastReportStayUntilTheirsComes() {
        send(rig.frame(60, 1), false);
        send(rig.frame(60, 2), true);
        send(rig.frame(60, 3), false);
        rig.silicon.transmit(2);
        rig.poll(64);
        assertEquals(1, rig.host.ledger().consumed().get("TX_DONE"));
        rig.silicon.transmit();
        rig.poll(64);
        assertEquals(3, rig.host.ledger().consumed().get("TX_DONE"));
    }

    @Test
    @Mechanism({"A6", "F16"})
    void aPacketInPiecesTakesOneDescriptorForEach() {
        SkBuff skb = rig.frame(54, 1);
        for (int i = 0; i < 3; i++) {
            assertTrue(skb.addFragPage(1000, rig.cpu()));
            rig.host.pool().memory().write(skb.appendToFrag(1000), Rig.bytes(1000, i), 0, 1000);
        }
        byte[] expected = rig.host.bytes(skb);
        send(skb, false);
        assertEquals(4, rig.registers.get(Registers.TDT));
        rig.silicon.transmit();
        assertArrayEquals(expected, rig.silicon.sent.get(0));
        rig.poll(64);
    }

    @Test
    @Mechanism({"I11", "A17"})
    void aChecksumContextIsWrittenOnlyWhenItChanges() {
        for (int i = 0; i < 3; i++) {
            send(withChecksum(34, 16), false);
        }
        send(rig.frame(100, 9), false);
        send(withChecksum(34, 16), false);
        send(withChecksum(34, 6), false);
        rig.silicon.transmit();
        assertEquals(2, rig.silicon.contexts.size());
        assertEquals(34 | 50 << 8, rig.silicon.contexts.get(0)[0] >>> 32);
        assertEquals(34 | 40 << 8, rig.silicon.contexts.get(1)[0] >>> 32);
        assertEquals(5, rig.silicon.checksums);
        rig.poll(64);
    }

    private SkBuff withChecksum(int start, int offset) {
        SkBuff skb = rig.frame(600, 3);
        skb.checksumPartial(skb.data() + start, offset);
        return skb;
    }

    @Test
    void aChecksumTooFarForTheDeviceIsCompletedInSoftware() {
        SkBuff skb = withChecksum(300, 16);
        int expected = ~skb.sum(300, 300) & 0xFFFF;
        send(skb, false);
        assertEquals(ChecksumState.NONE, skb.checksumState());
        rig.silicon.transmit();
        byte[] sent = rig.silicon.sent.get(0);
        assertEquals(expected, (sent[316] & 0xFF) << 8 | sent[317] & 0xFF);
        assertEquals(0, rig.silicon.contexts.size());
        rig.poll(64);
    }

    @Test
    void aVlanTagBesideTheBytesIsInsertedByTheDevice() {
        SkBuff tagged = rig.frame(100, 1);
        tagged.vlanTag(0x2064);
        send(tagged, true);
        send(rig.frame(100, 2), false);
        rig.silicon.transmit();
        assertEquals(0x2064, rig.silicon.vlans.get(0));
        assertEquals(-1, rig.silicon.vlans.get(1));
        rig.poll(64);
    }

    @Test
    @Mechanism({"F12", "I15"})
    void aNearlyFullRingStopsTheQueueAndRoomWakesIt() {
        int sent = 0;
        while (!rig.stopped) {
            assertEquals(TxStatus.OK, send(rig.frame(60, sent++), true));
        }
        assertEquals(sent, rig.registers.get(Registers.TDT), "stopping rings the doorbell");
        rig.poll(64);
        assertTrue(rig.stopped);
        rig.silicon.transmit();
        rig.poll(64);
        assertFalse(rig.stopped);
        assertEquals(1, rig.wakes);
        assertEquals(sent, rig.silicon.sent.size());
    }

    @Test
    @Mechanism({"F8", "F12"})
    void aFullRingAnswersBusyAndTouchesNothing() {
        int sent = 0;
        SkBuff refused = null;
        while (refused == null) {
            SkBuff skb = rig.frame(60, sent);
            if (send(skb, true) == TxStatus.OK) {
                sent++;
            } else {
                refused = skb;
            }
        }
        assertEquals(77, sent, "79 descriptors, of which one packet may need three");
        assertTrue(rig.stopped);
        assertEquals(60, refused.length());
        assertFalse(refused.isQueued());
        rig.silicon.transmit();
        rig.poll(64);
        assertEquals(TxStatus.OK, send(refused, false));
        rig.silicon.transmit();
        rig.poll(64);
        assertEquals(sent + 1, rig.silicon.sent.size());
        assertArrayEquals(Rig.bytes(60, sent), rig.silicon.sent.get(sent));
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 88, 128, 256, 4096})
    @Mechanism({"I1", "I2"})
    void theRingWrapsAtEverySize(int size) throws NetException {
        everythingIsFreed();
        rig = new Rig().probe("tx=" + size).open();
        int packets = 0;
        for (int round = 0; packets < 3 * size; round++) {
            int batch = 1 + round % 40;
            for (int i = 0; i < batch; i++) {
                assertEquals(TxStatus.OK, send(rig.frame(60 + packets % 100, packets), i < batch - 1));
                packets++;
            }
            rig.silicon.transmit();
            rig.poll(64);
        }
        assertEquals(packets, rig.silicon.sent.size());
        for (int i = 0; i < packets; i++) {
            assertArrayEquals(Rig.bytes(60 + i % 100, i), rig.silicon.sent.get(i), "packet " + i);
        }
    }

    @Test
    @Mechanism("I4")
    void aPacketThatCannotBeMappedIsDroppedAndTheNextGoesOut() {
        send(rig.frame(60, 1), true);
        SkBuff skb = withChecksum(34, 16);
        skb.addFragPage(100, rig.cpu());
        skb.appendToFrag(100);
        rig.dma.mapsUntilFailure = 1;
        assertEquals(TxStatus.OK, send(skb, true));
        rig.dma.mapsUntilFailure = Integer.MAX_VALUE;
        assertEquals(1, rig.host.ledger().dropped("NIC_TX_MAPPING"));
        assertEquals(TxStatus.OK, send(withChecksum(34, 16), false));
        rig.silicon.transmit();
        assertEquals(2, rig.silicon.sent.size());
        assertEquals(1, rig.silicon.contexts.size());
        rig.poll(64);
    }

    @Test
    void aDroppedPacketAtTheEndOfABatchStillRingsTheDoorbell() {
        send(rig.frame(60, 1), true);
        SkBuff empty = rig.frame(0, 0);
        assertEquals(TxStatus.OK, send(empty, false));
        assertEquals(1, rig.host.ledger().dropped("NIC_TX_LENGTH"));
        rig.silicon.transmit();
        assertEquals(1, rig.silicon.sent.size());
        rig.poll(64);
    }

    @Test
    void aFrameLongerThanTheDeviceCanSendIsDropped() {
        assertEquals(TxStatus.OK, send(rig.frame(16_125, 1), false));
        assertEquals(1, rig.host.ledger().dropped("NIC_TX_LENGTH"));
        assertEquals(TxStatus.OK, send(rig.frame(16_124, 1), false));
        rig.silicon.transmit();
        assertEquals(1, rig.silicon.sent.size());
        rig.poll(64);
    }

    @Test
    void aPollWithoutBudgetFreesSentPacketsOnly() {
        send(rig.frame(60, 1), false);
        rig.silicon.transmit();
        rig.silicon.receive(Rig.bytes(100, 1));
        assertEquals(0, rig.poll(0));
        assertEquals(1, rig.host.ledger().consumed().get("TX_DONE"));
        assertTrue(rig.received.isEmpty());
        rig.poll(64);
    }

    @Test
    void aTimeoutStartsAgainWithEmptyRings() {
        send(rig.frame(60, 1), false);
        rig.ops.txTimeout(0);
        assertEquals(1, rig.host.ledger().dropped("NIC_TX_STOPPED"));
        assertEquals(0, rig.registers.get(Registers.TDT));
        assertEquals(TxStatus.OK, send(rig.frame(60, 2), false));
        rig.silicon.transmit();
        assertArrayEquals(Rig.bytes(60, 2), rig.silicon.sent.get(0));
        rig.poll(64);
    }
}
