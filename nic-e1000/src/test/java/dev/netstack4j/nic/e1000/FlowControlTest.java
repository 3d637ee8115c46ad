package dev.netstack4j.nic.e1000;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.error.NetException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What both ends agree on, by the table of IEEE 802.3, annex 28B.
@Mechanism("I13")
class FlowControlTest {
    private static final int ADVERTISED = 4;
    private static final int PARTNER = 5;
    private static final int OTHERS = 0x01E1;
    private static final int RESTART = 1 << 9;

    private final Rig rig;

    FlowControlTest() throws NetException {
        rig = new Rig().probe("rx=80", "tx=80").open();
    }

    @AfterEach
    void everythingIsFreed() {
        rig.ops.stop();
        rig.assertNothingHeld();
    }

    private static int bits(String names) {
        return (names.contains("P") ? 1 << 10 : 0) | (names.contains("A") ? 1 << 11 : 0);
    }

    /// P: PAUSE, A: ASM_DIR; r: obeys, t: sends.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rt | PA | PA | rt", "rt | PA | P- | rt", "rt | PA | A- | r-", "rt | PA | -- | --",
                "r- | PA | PA | r-", "r- | PA | P- | r-", "r- | PA | A- | r-", "r- | PA | -- | --",
                "-t | A- | PA | -t", "-t | A- | P- | --", "-t | A- | A- | --", "-t | A- | -- | --",
                "-- | -- | PA | --", "-- | -- | A- | --",
            })
    void onlyWhatBothEndsCanIsUsed(String wanted, String told, String partner, String result) throws NetException {
        rig.registers.phy[PARTNER] = OTHERS | bits(partner);
        rig.config.ethtool().setPause(wanted.contains("r"), wanted.contains("t"));
        assertEquals(OTHERS | bits(told), rig.registers.phy[ADVERTISED] & 0x0FFF, "told");
        assertControl(result);
        assertEquals(wanted.contains("t"), rig.config.ethtool().pause().tx(), "what is wanted stays");
    }

    private void assertControl(String result) {
        int ctrl = rig.registers.get(Registers.CTRL);
        assertEquals(result.contains("r"), (ctrl & Registers.CTRL_RFCE) != 0, "obeys");
        assertEquals(result.contains("t"), (ctrl & Registers.CTRL_TFCE) != 0, "sends");
        DeviceStats stats = new DeviceStats();
        rig.ops.stats(stats);
        assertEquals(result.contains("r") ? 1 : 0, stats.chip().get("rx_pause_active"));
        assertEquals(result.contains("t") ? 1 : 0, stats.chip().get("tx_pause_active"));
    }

    @Test
    void theLinkIsNegotiatedAgainOnlyWhenSomethingElseIsTold() throws NetException {
        rig.config.ethtool().setPause(true, true);
        assertEquals(0, rig.registers.phy[0] & RESTART);
        rig.config.ethtool().setPause(false, true);
        assertTrue((rig.registers.phy[0] & RESTART) != 0);
    }

    @Test
    void aNewLinkIsLookedAtAnew() throws NetException {
        assertControl("rt");
        rig.registers.phy[PARTNER] = OTHERS;
        rig.registers.cause(Registers.INT_LSC);
        rig.handler.handle(rig.cpu());
        rig.work.removeFirst().run();
        assertControl("--");
        assertTrue(rig.carrier);
        rig.poll(64);
    }

    @Test
    void aPhyThatDoesNotAnswerLeavesWhatTheUserWants() throws NetException {
        rig.registers.phySilent = true;
        rig.config.ethtool().setPause(true, false);
        assertControl("r-");
        assertFalse(rig.config.ethtool().pause().tx());
    }
}
