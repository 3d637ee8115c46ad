package dev.netstack4j.nic.e1000;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.error.NetException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What the driver notices by itself, every two seconds.
class WatchdogTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long LOOK = 2 * SECOND + 4_000_000;

    private final Rig rig;

    WatchdogTest() throws NetException {
        rig = new Rig().probe("rx=80", "tx=80").open();
    }

    @AfterEach
    void everythingIsFreed() {
        rig.ops.stop();
        rig.host.advance(10 * SECOND);
        rig.assertNothingHeld();
        assertEquals(0, rig.work.size(), "no look after stop");
    }

    private long count(String name) {
        DeviceStats stats = new DeviceStats();
        rig.ops.stats(stats);
        return stats.chip().get(name);
    }

    private void send() {
        rig.ops.startXmit(rig.frame(60, 1), false, rig.cpu());
    }

    private void runWork() {
        while (!rig.work.isEmpty()) {
            rig.work.removeFirst().run();
        }
    }

    @Test
    @Mechanism("I8")
    void aTransmitterThatDoesNotMoveForTwoLooksIsResetAndWhatItHeldIsDropped() {
        send();
        rig.host.advance(LOOK);
        assertEquals(0, rig.work.size(), "one look alone says nothing");
        rig.host.advance(LOOK);
        assertEquals(1, rig.work.size());
        runWork();
        assertEquals(1, count("tx_timeout_count"));
        assertEquals(1, rig.host.ledger().dropped("NIC_TX_STOPPED"));
        assertFalse(rig.stopped);
        send();
        rig.silicon.transmit();
        assertEquals(1, rig.silicon.sent.size());
        rig.poll(64);
        rig.host.advance(3 * LOOK);
        assertEquals(1, count("tx_timeout_count"), "it works again");
    }

    @Test
    void aTransmitterThatMovesSlowlyIsLeftAlone() {
        for (int i = 0; i < 5; i++) {
            send();
            send();
            rig.silicon.transmit(1);
            rig.poll(64);
            rig.host.advance(LOOK);
        }
        rig.silicon.transmit();
        rig.poll(64);
        assertEquals(0, rig.work.size());
    }

    @Test
    void neitherAPauseNorAMissingLinkIsAHang() {
        send();
        for (int status : new int[] {Registers.STATUS_LU | Registers.STATUS_TXOFF, 0}) {
            rig.registers.set(Registers.STATUS, status);
            rig.host.advance(3 * LOOK);
            runWork();
            rig.ops.txTimeout(0);
        }
        assertEquals(0, count("tx_timeout_count"));
        assertEquals(2, count("tx_timeout_paused"));
        assertEquals(0, rig.host.ledger().dropped("NIC_TX_STOPPED"));
    }

    @Test
    @Mechanism("I8")
    void aReportWhoseInterruptWasLostIsPolledFor() {
        send();
        rig.silicon.transmit();
        rig.registers.cause(Registers.INT_TXDW);
        rig.host.advance(2 * LOOK);
        verify(rig.napi, times(1)).schedule(any());
        assertTrue(rig.registers.masked(), "until the poll is over");
        rig.poll(64);
        assertEquals(1, count("watchdog_polls"));
        assertEquals(1, rig.host.ledger().consumed().get("TX_DONE"));
        rig.host.advance(2 * LOOK);
        assertEquals(1, count("watchdog_polls"));
    }

    @Test
    @Mechanism("I8")
    void aFrameWhoseInterruptWasLostIsPolledForThoughNoCauseIsLeft() {
        rig.silicon.receive(Rig.bytes(100, 1));
        rig.host.advance(2 * LOOK);
        verify(rig.napi, times(1)).schedule(any());
        assertEquals(1, rig.poll(64));
        assertEquals(1, count("watchdog_polls"));
    }

    @Test
    void anIdleDeviceIsLeftAlone() {
        rig.registers.trace.clear();
        rig.host.advance(20 * SECOND);
        verify(rig.napi, never()).schedule(any());
        assertTrue(rig.registers.trace.stream().allMatch("r STATUS"::equals), "it is only asked whether it is there");
    }

    @Test
    void aChangeOfTheLinkThatWasNotToldIsSeen() {
        rig.registers.set(Registers.STATUS, 0);
        rig.host.advance(LOOK);
        runWork();
        assertFalse(rig.carrier);
        rig.registers.set(Registers.STATUS, Registers.STATUS_LU);
        rig.host.advance(LOOK);
        runWork();
        assertTrue(rig.carrier);
    }

    @Test
    @Mechanism("E12")
    void aDeviceThatIsGoneIsStopped() {
        send();
        rig.registers.gone = true;
        rig.host.advance(LOOK);
        runWork();
        assertEquals(1, rig.host.ledger().dropped("NIC_TX_STOPPED"));
        assertTrue(rig.dma.isEmpty());
    }
}
