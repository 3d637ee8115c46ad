package dev.netstack4j.bus.emulated.i82576;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.IrqKind;
import dev.netstack4j.bus.emulated.bench.Bytes;
import dev.netstack4j.bus.emulated.bench.RecordedIrq;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Causes, masks, vectors and moderation.
class VectorsTest {
    private static final int EICS = 0x1520;
    private static final int EIMS = 0x1524;
    private static final int EIMC = 0x1528;
    private static final int EIAC = 0x152C;
    private static final int EIAM = 0x1530;
    private static final int EICR = 0x1580;
    private static final int GPIE = 0x1514;
    private static final int MULTIPLE = 1 << 4;
    private static final int EIAME = 1 << 30;

    private static Board multiple(int more) throws NetException {
        Board b = new Board(IrqKind.MSI_X);
        b.w(GPIE, MULTIPLE | more);
        return b;
    }

    @Test
    void aMaskedVectorWaitsAndIsSentWhenItIsUnmasked() throws NetException {
        Board b = multiple(0);
        b.w(EICS, 1 << 3);
        assertEquals(0, b.messages(3));
        b.w(EIMS, 1 << 3);
        assertEquals(1, b.messages(3));
        b.w(EIMC, 1 << 3);
        assertEquals(0, b.r(EIMS));
    }

    @Test
    void withoutAutoClearAVectorIsSentOnceUntilItsCauseIsCleared() throws NetException {
        Board b = multiple(0);
        b.w(EIMS, 2);
        b.w(EICS, 2);
        b.w(EICS, 2);
        assertEquals(1, b.messages(1));
        b.w(EICR, 2);
        b.w(EICS, 2);
        assertEquals(2, b.messages(1));
        assertEquals(2, b.r(EICR));
        assertEquals(0, b.r(EICR)); // cleared by the read
    }

    @Test
    void withAutoClearEveryCauseSendsItsVector() throws NetException {
        Board b = multiple(0);
        b.w(EIAC, 2);
        b.w(EIMS, 2);
        b.w(EICS, 2);
        b.w(EICS, 2);
        assertEquals(2, b.messages(1));
        assertEquals(0, b.r(EICR));
    }

    @Test
    void withAutoMaskAVectorIsSilentUntilItIsUnmaskedAndThenLosesNothing() throws NetException {
        Board b = multiple(EIAME);
        b.w(EIAC, 2);
        b.w(EIAM, 2);
        b.w(EIMS, 2);
        b.w(EICS, 2);
        assertEquals(0, b.r(EIMS));
        b.w(EICS, 2);
        assertEquals(1, b.messages(1));
        b.w(EIMS, 2);
        assertEquals(2, b.messages(1));
    }

    @Test
    void queuesAndOtherCausesGoToTheVectorsThatIvarNames() throws NetException {
        Board b = multiple(0);
        b.w(0x1700 + 4, 0x85 | 0x86 << 8); // queue 1: receive 5, transmit 6
        b.w(0x1740, 0x80 << 8); // other: 0
        b.w(EIAC, 0x3FF);
        b.w(EIMS, 0x3FF);
        b.w(0xD0, 1 << 2); // LSC
        b.transmitQueue(1).receiveQueue(1, 8, 1 << 25 | 2);
        b.packet(1, Bytes.frame(60, 1), 0, 0, 0);
        b.send(1);
        assertEquals(1, b.messages(6));
        for (int i = 0; i < 128; i += 4) {
            b.w(0x5C00 + i, 0x0101_0101);
        }
        b.w(0x5818, 2 | 1 << 17);
        b.receiver(0);
        b.wire.inject(Bytes.udp(20));
        b.settle();
        assertEquals(1, b.messages(5));
        assertEquals(0, b.messages(0));
        b.wire.link(false);
        assertEquals(1, b.messages(0));
    }

    @Test
    void moderationHoldsTheNextMessageBackForTheMicrosecondsOfEitr() throws NetException {
        Board b = multiple(0);
        b.w(0x1680 + 4, 50 << 2);
        b.w(EIAC, 2);
        b.w(EIMS, 2);
        for (int i = 0; i < 10; i++) {
            b.w(EICS, 2);
            b.host.engines.advance(20_000);
        }
        RecordedIrq irq = b.host.irq("msix1");
        long first = irq.instants.getFirst();
        assertEquals(
                List.of(0L, 50_000L, 100_000L, 150_000L, 200_000L),
                irq.instants.stream().map(at -> at - first).toList());
    }

    @Test
    void withTheLineAReadOfIcrThatTellsOfAnInterruptClearsIt() throws NetException {
        Board b = new Board(IrqKind.INTX);
        RecordedIrq line = b.host.irqs.getLast();
        b.w(0xC8, 1 << 2); // ICS
        assertFalse(line.high);
        assertEquals(1 << 2, b.r(0xC0)); // no mask: cleared
        b.w(0xD0, 1 << 2);
        b.w(0xC8, 1 << 2);
        assertTrue(line.high);
        assertEquals(1 << 31 | 1 << 2, b.r(0x1500)); // the same register at its other place
        assertFalse(line.high);
        assertEquals(0, b.r(0xC0));
    }

    @Test
    void withOneVectorReceivedAndSentFramesShowInIcr() throws NetException {
        Board b = new Board(IrqKind.MSI);
        b.w(0xD0, 1 << 7 | 1);
        b.transmitQueue(0).receiveQueue(0, 8, 1 << 25 | 2);
        b.receiver(0);
        b.wire.inject(Bytes.frame(60, 1));
        b.settle();
        assertEquals(1 << 7, b.r(0xC0) & 0xFFFF);
        b.packet(0, Bytes.frame(60, 1), 0, 0, 0);
        b.send(0);
        assertEquals(1, b.r(0xC0) & 0xFFFF);
        assertEquals(2, b.host.irq("msi").raised);
    }
}
