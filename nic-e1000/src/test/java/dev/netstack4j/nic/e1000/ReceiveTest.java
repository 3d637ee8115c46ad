package dev.netstack4j.nic.e1000;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.netstack4j.api.buffer.ChecksumState;
import dev.netstack4j.api.buffer.PacketKind;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.error.NetException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiveTest {
    private static final int DD_TCPCS = 1 << 5;
    private static final int IXSM = 1 << 2;
    private static final int VP = 1 << 3;
    private static final int TCPE = 1 << 5;

    private Rig rig;

    ReceiveTest() throws NetException {
        rig = new Rig().probe("rx=80").open();
    }

    @AfterEach
    void everythingIsFreed() {
        rig.ops.stop();
        rig.assertNothingHeld();
    }

    /// A frame of IPv4 to the device's own address.
    private static byte[] frame(int length, int seed) {
        byte[] bytes = Rig.bytes(length, seed);
        byte[] header = {0x52, 0x54, 0, 0x12, 0x34, 0x56, 2, 0, 0, 0, 0, 1, 8, 0};
        System.arraycopy(header, 0, bytes, 0, 14);
        return bytes;
    }

    private SkBuff take() {
        SkBuff skb = rig.received.poll();
        assertNotNull(skb);
        return skb;
    }

    private byte[] bytesFromMacHeader(SkBuff skb) {
        skb.push(14);
        byte[] bytes = rig.host.bytes(skb);
        skb.consume(rig.host.ledger().consume("TEST", "looked at"), rig.cpu());
        return bytes;
    }

    @Test
    @Mechanism({"A3", "A16", "I7", "I8"})
    void aFrameIsHandedUpWithDeviceKindProtocolAndHeaderMarked() {
        rig.silicon.receive(frame(100, 1));
        assertEquals(1, rig.poll(64));
        SkBuff skb = take();
        assertEquals(rig.device, skb.dev());
        assertEquals(0x0800, skb.protocol());
        assertEquals(PacketKind.HOST, skb.kind());
        assertEquals(86, skb.length());
        assertEquals(skb.data() - 14, skb.macHeader());
        assertEquals(ChecksumState.NONE, skb.checksumState());
        assertArrayEquals(frame(100, 1), bytesFromMacHeader(skb));
    }

    @Test
    @Mechanism({"G6", "H1"})
    void aPollBelowItsBudgetCompletesAndUnmasks() {
        rig.registers.cause(Registers.INT_RXT0);
        rig.handler.handle(rig.cpu());
        assertTrue(rig.registers.masked());
        rig.silicon.receive(frame(100, 1));
        rig.poll(64);
        verify(rig.napi).complete(1, rig.cpu());
        assertFalse(rig.registers.masked());
    }

    @Test
    @Mechanism({"G4", "E13"})
    void aPollThatUsesUpItsBudgetDoesNotComplete() {
        for (int i = 0; i < 10; i++) {
            rig.silicon.receive(frame(100, i));
        }
        assertEquals(8, rig.poll(8));
        verify(rig.napi, never()).complete(anyInt(), any());
        assertEquals(2, rig.poll(8));
        verify(rig.napi).complete(2, rig.cpu());
    }

    @Test
    @Mechanism("G6")
    void anotherPollUnderWayLeavesTheInterruptMasked() {
        when(rig.napi.complete(anyInt(), any())).thenReturn(false);
        rig.registers.cause(Registers.INT_RXT0);
        rig.handler.handle(rig.cpu());
        rig.poll(64);
        assertTrue(rig.registers.masked());
    }

    @ParameterizedTest
    @CsvSource({
        "32, 0, UNNECESSARY", // TCPCS
        "0, 0, NONE", // not looked at
        "36, 0, NONE", // IXSM: ignore
        "32, 32, NONE", // TCPE
        "32, 64, NONE" // IPE
    })
    @Mechanism({"A17", "I11"})
    void theDevicesVerdictOnChecksums(int status, int errors, ChecksumState expected) {
        rig.silicon.receive(frame(100, 1), status, errors, 0);
        rig.poll(64);
        SkBuff skb = take();
        assertEquals(expected, skb.checksumState());
        rig.received.addTail(skb);
    }

    @Test
    void aStrippedVlanTagTravelsBesideTheBytes() {
        rig.silicon.receive(frame(100, 1), VP, 0, 0x2064);
        rig.poll(64);
        SkBuff skb = take();
        assertTrue(skb.vlanPresent());
        assertEquals(0x2064, skb.vlanTci());
        rig.received.addTail(skb);
    }

    @Test
    @Mechanism("A2")
    void aLongFrameBecomesOnePacketWithFragmentsWithoutCopies() {
        long copies = rig.host.ledger().copies();
        rig.silicon.receive(frame(9014, 5), DD_TCPCS, 0, 0);
        rig.silicon.receive(frame(60, 6));
        assertEquals(2, rig.poll(64));
        SkBuff skb = take();
        assertEquals(9000, skb.length());
        assertEquals(4, skb.frags());
        assertEquals(ChecksumState.UNNECESSARY, skb.checksumState());
        assertArrayEquals(frame(9014, 5), bytesFromMacHeader(skb));
        assertArrayEquals(frame(60, 6), bytesFromMacHeader(take()));
        assertEquals(copies, rig.host.ledger().copies());
    }

    @Test
    void aFrameThatIsNotCompleteYetWaitsForItsEnd() {
        byte[] bytes = frame(3000, 1);
        int rdt = rig.registers.get(Registers.RDT);
        rig.registers.set(Registers.RDT, 1);
        assertFalse(rig.silicon.receive(bytes), "one buffer only");
        assertEquals(0, rig.poll(64));
        assertNull(rig.received.peek());
        rig.registers.set(Registers.RDT, rdt);
        rig.silicon.receive(java.util.Arrays.copyOfRange(bytes, 2048, 3000));
        assertEquals(1, rig.poll(64));
        assertArrayEquals(bytes, bytesFromMacHeader(take()));
    }

    @Test
    @Mechanism("I9")
    void aDamagedFrameIsDroppedWithAReason() {
        for (int error : new int[] {1, 2, 4, 16, 128}) {
            rig.silicon.receive(frame(100, 1), 0, error, 0);
        }
        assertEquals(5, rig.poll(64));
        assertTrue(rig.received.isEmpty());
        assertEquals(5, rig.host.ledger().dropped("NIC_RX_ERROR"));
        DeviceStats stats = new DeviceStats();
        rig.ops.stats(stats);
        assertEquals(5, stats.rxErrors);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 13})
    @Mechanism("G15")
    void aFrameShorterThanItsHeaderIsDropped(int length) {
        rig.silicon.receive(Rig.bytes(length, 1));
        assertEquals(1, rig.poll(64));
        assertEquals(1, rig.host.ledger().dropped("NIC_RX_LENGTH"));
    }

    @Test
    @Mechanism("G1")
    void buffersAreReplacedInBatchesWithOneDoorbell() {
        for (int i = 0; i < 40; i++) {
            rig.silicon.receive(frame(100, i));
        }
        rig.registers.trace.clear();
        rig.poll(64);
        assertEquals(
                1,
                rig.registers.trace.stream().filter(t -> t.startsWith("w RDT")).count());
        assertEquals(39, rig.registers.get(Registers.RDT));
        rig.registers.trace.clear();
        rig.silicon.receive(frame(100, 1));
        rig.poll(64);
        assertEquals(
                0,
                rig.registers.trace.stream().filter(t -> t.startsWith("w RDT")).count());
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 88, 128, 512, 4096})
    @Mechanism({"I1", "I2"})
    void theRingWrapsAtEverySize(int size) throws NetException {
        everythingIsFreed();
        rig = new Rig().probe("rx=" + size).open();
        int frames = 0;
        int taken = 0;
        for (int round = 0; frames < 3 * size; round++) {
            int batch = 1 + round % 60;
            for (int i = 0; i < batch && rig.silicon.receive(frame(60 + frames % 1400, frames)); i++) {
                frames++;
            }
            rig.poll(64);
            while (!rig.received.isEmpty()) {
                assertArrayEquals(frame(60 + taken % 1400, taken), bytesFromMacHeader(take()));
                taken++;
            }
        }
        assertEquals(frames, taken);
    }

    @Test
    @Mechanism("I10")
    void withoutMemoryTheRingRunsDryAndATimerFillsItAgain() {
        rig.host.pool().failEvery(1);
        while (rig.silicon.receive(frame(100, 1))) {}
        rig.poll(64);
        rig.poll(64);
        assertEquals(79, rig.received.length());
        assertEquals(0, rig.dma.mapped.size());
        rig.freeReceived();
        clearInvocations(rig.napi);
        rig.host.advance(9_999_999);
        verify(rig.napi, never()).schedule(any());
        rig.host.advance(1);
        verify(rig.napi).schedule(eq(rig.cpu()));
        rig.host.pool().failEvery(0);
        rig.poll(64);
        assertEquals(79, rig.dma.mapped.size());
        assertTrue(rig.silicon.receive(frame(100, 2)));
        rig.poll(64);
        assertEquals(1, rig.received.length());
    }

    @Test
    @Mechanism("A13")
    void steadyTrafficMakesNoNewPackets() {
        int made = 0;
        for (int round = 0; round < 200; round++) {
            if (round == 20) {
                made = rig.host.pool().made();
            }
            for (int i = 0; i < 32; i++) {
                rig.silicon.receive(frame(100, i));
            }
            rig.poll(64);
            rig.freeReceived();
        }
        assertEquals(made, rig.host.pool().made());
    }
}
