package dev.netstack4j.nic.e1000;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.device.DeviceFeatures;
import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.device.RxMode;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.IrqHandler.Result;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

@Mechanism("E14")
class ControlTest {
    private final Rig rig;

    ControlTest() throws NetException {
        rig = new Rig().probe("rx=80", "tx=80").open();
    }

    @AfterEach
    void everythingIsFreed() {
        rig.ops.stop();
        rig.assertNothingHeld();
    }

    // ---- interrupts

    @Test
    @Mechanism({"H1", "G2"})
    void theHandlerReadsTheCauseMasksAndSchedulesAndNothingElse() {
        rig.registers.cause(Registers.INT_RXT0 | Registers.INT_TXDW);
        rig.registers.trace.clear();
        assertEquals(Result.HANDLED, rig.handler.handle(rig.cpu()));
        rig.assertTrace("r ICR", "w IMC ffffffff");
        verify(rig.napi).schedule(rig.cpu());
        verify(rig.napi, never()).receive(any(), any());
    }

    @Test
    @Mechanism("H10")
    void anInterruptOfAnotherDeviceOnTheLineIsNotOurs() {
        assertEquals(Result.NONE, rig.handler.handle(rig.cpu()));
        verify(rig.napi, never()).schedule(any());
        assertFalse(rig.registers.masked());
    }

    @Test
    void aLinkChangeIsLookedAtInProcessContext() {
        rig.registers.set(Registers.STATUS, 0);
        rig.registers.cause(Registers.INT_LSC);
        rig.handler.handle(rig.cpu());
        assertTrue(rig.carrier, "the handler itself does not ask");
        rig.work.remove(0).run();
        assertFalse(rig.carrier);
        rig.registers.set(Registers.STATUS, Registers.STATUS_LU);
        rig.registers.cause(Registers.INT_LSC);
        rig.handler.handle(rig.cpu());
        rig.work.remove(0).run();
        assertTrue(rig.carrier);
    }

    @Test
    void aLinkChangeThatIsLookedAtAfterStopHasNoEffect() {
        rig.registers.cause(Registers.INT_LSC);
        rig.handler.handle(rig.cpu());
        rig.ops.stop();
        rig.work.remove(0).run();
        assertFalse(rig.carrier);
    }

    // ---- ethtool

    @Test
    @Mechanism({"I2", "I12"})
    void ringSizesChangeWhileTheDeviceIsUp() throws NetException {
        rig.config.ethtool().setRings(2048, 81);
        assertEquals(2048, rig.config.ethtool().rings().rx());
        assertEquals(88, rig.config.ethtool().rings().tx());
        assertEquals(2048 * 16, rig.registers.get(Registers.RDLEN));
        assertEquals(88 * 16, rig.registers.get(Registers.TDLEN));
        assertEquals(2047, rig.dma.mapped.size());
        assertFalse(rig.stopped);
        assertTrue(rig.silicon.receive(Rig.bytes(100, 1)));
        assertEquals(1, rig.poll(64));
    }

    @Test
    @Mechanism("I2")
    void impossibleRingSizesAreRefusedAndChangeNothing() throws NetException {
        for (int bad : new int[] {0, 79, 4097}) {
            assertThrows(NetException.class, () -> rig.config.ethtool().setRings(bad, 80));
            assertThrows(NetException.class, () -> rig.config.ethtool().setRings(80, bad));
        }
        assertEquals(80, rig.config.ethtool().rings().rx());
        verify(rig.napi, times(1)).enable();
    }

    @Test
    @Mechanism("I18")
    void ringsForWhichThereIsNoMemoryLeaveTheOldOnesRunning() throws NetException {
        rig.dma.coherentUntilFailure = 1;
        NetException e =
                assertThrows(NetException.class, () -> rig.config.ethtool().setRings(4096, 4096));
        assertEquals(Errno.ENOMEM, e.errno());
        assertEquals(80, rig.config.ethtool().rings().rx());
        assertEquals(80 * 16, rig.registers.get(Registers.RDLEN));
        assertFalse(rig.stopped);
    }

    @Test
    @Mechanism("I12")
    void moderationIsSetInStepsOf256Nanoseconds() throws NetException {
        rig.config.ethtool().setCoalesceNanos(50_000);
        assertEquals(196, rig.registers.get(Registers.ITR));
        assertEquals(50_000, rig.config.ethtool().coalesceNanos());
        rig.config.ethtool().setCoalesceNanos(0);
        assertEquals(0, rig.registers.get(Registers.ITR));
        assertThrows(NetException.class, () -> rig.config.ethtool().setCoalesceNanos(-1));
    }

    @Test
    void theSpeedIsWhatWasNegotiated() throws NetException {
        assertEquals(1000, rig.config.ethtool().speedMbps());
        rig.registers.set(Registers.STATUS, Registers.STATUS_LU | 1 << 6);
        assertEquals(100, rig.config.ethtool().speedMbps());
        rig.registers.set(Registers.STATUS, Registers.STATUS_LU);
        assertEquals(10, rig.config.ethtool().speedMbps());
        rig.registers.set(Registers.STATUS, 0);
        assertEquals(0, rig.config.ethtool().speedMbps());
    }

    // ---- filters, addresses, MTU, features

    @Test
    void promiscuousAndMulticastModesAreBitsOfTheReceiveControl() {
        int plain = rig.registers.get(Registers.RCTL);
        rig.ops.setRxMode(new RxMode(true, false, List.of()));
        assertEquals(plain | Registers.RCTL_UPE | Registers.RCTL_MPE, rig.registers.get(Registers.RCTL));
        rig.ops.setRxMode(new RxMode(false, true, List.of()));
        assertEquals(plain | Registers.RCTL_MPE, rig.registers.get(Registers.RCTL));
        rig.ops.setRxMode(new RxMode(false, false, List.of()));
        assertEquals(plain, rig.registers.get(Registers.RCTL));
    }

    @Test
    void groupsBecomeBitsOfTheMulticastTable() {
        MacAddress group = MacAddress.parse("01:00:5e:00:00:fb");
        rig.ops.setRxMode(new RxMode(false, false, List.of(group)));
        // 0xfb << 4 | 0x0 = 0xfb0: word 0x7d, bit 0x10
        assertEquals(1 << 16, rig.registers.get(Registers.MTA + 4 * 0x7D));
        assertEquals(0x350, ReceiveFilter.hash(MacAddress.parse("12:00:00:00:00:35")));
        assertEquals(0x56A, ReceiveFilter.hash(MacAddress.parse("01:00:00:00:a0:56")));
        rig.ops.setRxMode(new RxMode(false, false, List.of()));
        assertEquals(0, rig.registers.get(Registers.MTA + 4 * 0x7D));
    }

    @Test
    void aWantedVlanIsABitOfTheTableAndFiltersTheOthersOut() throws NetException {
        int plain = rig.registers.get(Registers.RCTL);
        rig.ops.vlanFilter(0x123, true);
        assertEquals(1 << 3, rig.registers.get(Registers.VFTA + 4 * 9));
        assertEquals(plain | Registers.RCTL_VFE, rig.registers.get(Registers.RCTL));
        rig.ops.vlanFilter(0x124, true);
        assertEquals(3 << 3, rig.registers.get(Registers.VFTA + 4 * 9));
        rig.ops.setRxMode(new RxMode(true, false, List.of()));
        assertEquals(0, rig.registers.get(Registers.RCTL) & Registers.RCTL_VFE, "promiscuous");
        rig.ops.setRxMode(new RxMode(false, false, List.of()));
        rig.ops.stop();
        rig.registers.set(Registers.VFTA + 4 * 9, -1);
        rig.ops.open();
        assertEquals(3 << 3, rig.registers.get(Registers.VFTA + 4 * 9), "written again");
        rig.ops.setFeatures(rig.config.features() & ~DeviceFeatures.VLAN_FILTER);
        assertEquals(plain, rig.registers.get(Registers.RCTL));
        rig.ops.setFeatures(rig.config.features());
        rig.ops.vlanFilter(0x123, false);
        assertEquals(plain | Registers.RCTL_VFE, rig.registers.get(Registers.RCTL));
        rig.ops.vlanFilter(0x124, false);
        assertEquals(plain, rig.registers.get(Registers.RCTL), "nobody wants any: all are taken");
        assertEquals(0, rig.registers.get(Registers.VFTA + 4 * 9));
    }

    @Test
    void modesSurviveStopAndOpen() throws NetException {
        rig.ops.setRxMode(new RxMode(true, false, List.of()));
        rig.ops.stop();
        rig.ops.open();
        assertTrue((rig.registers.get(Registers.RCTL) & Registers.RCTL_UPE) != 0);
    }

    @Test
    void aNewStationAddressIsWritten() throws NetException {
        rig.ops.setMacAddress(MacAddress.parse("02:11:22:33:44:55"));
        assertEquals(0x3322_1102, rig.registers.get(Registers.RAL0));
        assertEquals(0x8000_5544, rig.registers.get(Registers.RAH0));
        assertThrows(NetException.class, () -> rig.ops.setMacAddress(MacAddress.BROADCAST));
    }

    @Test
    void longFramesAreLetInWhenTheMtuAsksForThem() throws NetException {
        rig.ops.changeMtu(1501);
        assertTrue((rig.registers.get(Registers.RCTL) & Registers.RCTL_LPE) != 0);
        rig.ops.changeMtu(1500);
        assertFalse((rig.registers.get(Registers.RCTL) & Registers.RCTL_LPE) != 0);
        rig.ops.changeMtu(16110);
        assertThrows(NetException.class, () -> rig.ops.changeMtu(16111));
        assertThrows(NetException.class, () -> rig.ops.changeMtu(67));
    }

    @Test
    void featuresAreSwitchedInTheDevice() throws NetException {
        rig.ops.setFeatures(DeviceFeatures.SG);
        assertEquals(0, rig.registers.get(Registers.RXCSUM));
        assertEquals(0, rig.registers.get(Registers.CTRL) & Registers.CTRL_VME);
        rig.ops.setFeatures(DeviceFeatures.RXCSUM | DeviceFeatures.VLAN_RX | DeviceFeatures.VLAN_TX);
        assertEquals(0x300, rig.registers.get(Registers.RXCSUM));
        assertTrue((rig.registers.get(Registers.CTRL) & Registers.CTRL_VME) != 0);
        assertThrows(NetException.class, () -> rig.ops.setFeatures(DeviceFeatures.VLAN_RX));
    }

    @Test
    @Mechanism("I13")
    void flowControlIsSetUpInTheDeviceUnlessSwitchedOff() throws NetException {
        int flow = Registers.CTRL_RFCE | Registers.CTRL_TFCE;
        assertEquals(flow, rig.registers.get(Registers.CTRL) & flow);
        assertTrue(rig.registers.get(Registers.FCRTH) > (rig.registers.get(Registers.FCRTL) & 0xFFFF));
        rig.config.ethtool().setPause(true, false);
        assertEquals(Registers.CTRL_RFCE, rig.registers.get(Registers.CTRL) & flow);
        rig.config.ethtool().setPause(false, true);
        assertEquals(Registers.CTRL_TFCE, rig.registers.get(Registers.CTRL) & flow);
        assertFalse(rig.config.ethtool().pause().rx());
        assertTrue(rig.config.ethtool().pause().tx());
        Rig without = new Rig().probe("flow=false").open();
        assertEquals(0, without.registers.get(Registers.CTRL) & flow);
        without.ops.stop();
        without.assertNothingHeld();
    }

    // ---- statistics

    @Test
    void everyRegisterOfTheStatisticsHasItsName() {
        Map<String, Integer> some = Map.ofEntries(
                Map.entry("rx_packets", 0x4074),
                Map.entry("rx_missed_errors", 0x4010),
                Map.entry("rx_no_buffer_count", 0x40A0),
                Map.entry("rx_crc_errors", 0x4000),
                Map.entry("rx_short_length_errors", 0x40A4),
                Map.entry("rx_long_length_errors", 0x40AC),
                Map.entry("tx_packets", 0x4080),
                Map.entry("tx_flow_control_xoff", 0x4054),
                Map.entry("rx_flow_control_xon", 0x4048),
                Map.entry("tx_tcp_seg_good", 0x40F8),
                Map.entry("rx_size_64", 0x405C),
                Map.entry("tx_size_more", 0x40EC));
        some.values().forEach(register -> rig.registers.set(register, register));
        DeviceStats stats = new DeviceStats();
        rig.ops.stats(stats);
        some.forEach(
                (name, register) -> assertEquals((long) register, stats.chip().get(name), name));
        assertTrue(stats.chip().size() > 60);
    }

    @Test
    void transfersThatTheBusAbortedAreCountedAndAcknowledged() {
        Mockito.when(rig.pdev.configRead32(4)).thenReturn(0x2010_0006, 0x0010_0006);
        DeviceStats stats = new DeviceStats();
        rig.ops.stats(stats);
        rig.ops.stats(stats);
        assertEquals(1, stats.chip().get("pci_errors"));
        verify(rig.pdev, times(1)).configWrite32(4, 0x2000_0006);
    }

    @Test
    @Mechanism({"I9", "I10"})
    void countersOfTheDeviceAreClearedByReadingAndAddedUp() {
        rig.registers.set(Registers.MPC, 3);
        rig.registers.set(Registers.CRCERRS, 2);
        rig.registers.set(Registers.RLEC, 1);
        rig.registers.set(Registers.ROC, 1);
        rig.registers.set(Registers.RNBC, 5);
        DeviceStats first = new DeviceStats();
        rig.ops.stats(first);
        rig.registers.set(Registers.MPC, 4);
        rig.registers.set(Registers.GORCL, -1);
        rig.registers.set(Registers.GORCH, 1);
        DeviceStats second = new DeviceStats();
        rig.ops.stats(second);
        assertEquals(3, first.rxMissed);
        assertEquals(7, second.rxMissed);
        assertEquals(2, second.rxCrcErrors);
        assertEquals(3, second.rxErrors);
        assertEquals(1, second.rxLengthErrors);
        assertEquals(5, second.chip().get("rx_no_buffer_count"));
        assertEquals((2L << 32) - 1, second.chip().get("rx_bytes"));
    }

    @Test
    void countersSurviveStopAndOpen() throws NetException {
        rig.registers.set(Registers.MPC, 3);
        rig.silicon.receive(Rig.bytes(100, 1));
        rig.poll(64);
        rig.ops.stop();
        rig.ops.open();
        DeviceStats stats = new DeviceStats();
        rig.ops.stats(stats);
        assertEquals(3, stats.rxMissed);
        assertEquals(1, stats.rxPackets);
    }

    @Test
    void aDeviceThatIsGoneAddsNothingToTheCounters() {
        rig.registers.gone = true;
        DeviceStats stats = new DeviceStats();
        rig.ops.stats(stats);
        assertEquals(0, stats.rxMissed);
        rig.registers.gone = false;
    }
}
