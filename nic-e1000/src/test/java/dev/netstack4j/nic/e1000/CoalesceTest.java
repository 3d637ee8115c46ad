package dev.netstack4j.nic.e1000;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.netstack4j.api.device.CoalesceParameters;
import dev.netstack4j.api.device.Coalescing;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The five times of interrupt moderation, and the registers that keep them.
@Mechanism("I12")
class CoalesceTest {
    private static final long IDE = 1L << 31;

    private final Rig rig;
    private final Coalescing coalescing;

    CoalesceTest() throws NetException {
        rig = new Rig().probe("rxdelay=20us", "rxlongest=100us").open();
        coalescing = rig.config.ethtool().coalescing();
    }

    @AfterEach
    void everythingIsFreed() {
        rig.silicon.transmit();
        rig.poll(64);
        rig.ops.stop();
        rig.assertNothingHeld();
    }

    private void assertRegisters(int itr, int rdtr, int radv, int tidv, int tadv) {
        assertEquals(itr, rig.registers.get(Registers.ITR), "ITR");
        assertEquals(rdtr, rig.registers.get(Registers.RDTR), "RDTR");
        assertEquals(radv, rig.registers.get(Registers.RADV), "RADV");
        assertEquals(tidv, rig.registers.get(Registers.TIDV), "TIDV");
        assertEquals(tadv, rig.registers.get(Registers.TADV), "TADV");
    }

    @Test
    void optionsOfTheDeviceAreInPlaceWhenItOpens() {
        assertRegisters(0, 20, 98, 0, 0);
    }

    @Test
    void allAreSetAtOnceInTheDevicesUnitsAndReadBackAsTheyWereGiven() throws NetException {
        CoalesceParameters wanted = CoalesceParameters.NONE
                .withInterval(50_000)
                .withRx(10_240, 102_400)
                .withTx(1024, 2049);
        coalescing.set(wanted);
        assertRegisters(196, 10, 100, 1, 3);
        assertEquals(102_400, coalescing.parameters().rxLongestNanos());
        assertEquals(2049, coalescing.parameters().txLongestNanos());
        assertEquals(50_000, rig.config.ethtool().coalesceNanos());
    }

    @Test
    void theIntervalAloneLeavesTheDelays() throws NetException {
        rig.config.ethtool().setCoalesceNanos(256);
        assertRegisters(1, 20, 98, 0, 0);
    }

    @Test
    void whatIsSetOutlivesAStop() throws NetException {
        coalescing.set(CoalesceParameters.NONE.withTx(2048, 0));
        rig.ops.stop();
        rig.registers.set(Registers.TIDV, 0);
        rig.open();
        assertRegisters(0, 0, 0, 2, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 0, 0, 0, 0",
        "16776961, 0, 0, 0, 0",
        "0, 67107841, 0, 0, 0",
        "0, 0, -5, 0, 0",
        "0, 0, 0, 67107841, 0",
        "0, 0, 0, 0, 67107841"
    })
    void whatTheDeviceCannotKeepIsRefusedAndNothingChanges(long itr, long rx, long rxMost, long tx, long txMost) {
        CoalesceParameters bad =
                CoalesceParameters.NONE.withInterval(itr).withRx(rx, rxMost).withTx(tx, txMost);
        NetException e = assertThrows(NetException.class, () -> coalescing.set(bad));
        assertEquals(Errno.EINVAL, e.errno());
        assertRegisters(0, 20, 98, 0, 0);
    }

    private boolean asksForDelay() {
        int before = rig.silicon.lastWords.size();
        rig.ops.startXmit(rig.frame(60, 1), false, rig.cpu());
        rig.silicon.transmit();
        return (rig.silicon.lastWords.get(before) & IDE) != 0;
    }

    @Test
    void descriptorsAskForTheDelayWhileThereIsOne() throws NetException {
        assertEquals(false, asksForDelay());
        coalescing.set(CoalesceParameters.NONE.withTx(1024, 0));
        assertEquals(true, asksForDelay());
        coalescing.set(CoalesceParameters.NONE);
        assertEquals(false, asksForDelay());
    }
}
