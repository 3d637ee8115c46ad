package dev.netstack4j.nic.e1000;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.device.DeviceFeatures;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.IrqKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;

class ProbeTest {
    private final Rig rig;

    ProbeTest() throws NetException {
        rig = new Rig();
    }

    @Test
    @Mechanism({"I17", "I20"})
    void theRegistersAreTouchedInTheOrderOfTheSteps() throws NetException {
        rig.probe();
        List<String> expected = new ArrayList<>(List.of(
                "w IMC ffffffff",
                "w RCTL 0",
                "w TCTL 0",
                "r STATUS",
                "r CTRL",
                "w CTRL 4000000",
                "r CTRL",
                "w IMC ffffffff",
                "r ICR"));
        for (int word = 0; word < 64; word++) {
            expected.add("w EERD " + Integer.toHexString(word << 8 | 1));
            expected.add("r EERD");
        }
        expected.addAll(List.of("w RAL0 12005452", "w RAH0 80005634"));
        expected.addAll(Collections.nCopies(128, "w MTA 0"));
        expected.addAll(Collections.nCopies(128, "w VFTA 0"));
        expected.addAll(List.of(
                "w FCAL c28001",
                "w FCAH 100",
                "w FCT 8808",
                "w FCTTV ffff",
                "r PBA",
                "w FCRTL 80004000",
                "w FCRTH 8000",
                "w MDIC 8240000",
                "r MDIC",
                "w MDIC 8250000",
                "r MDIC",
                "r CTRL",
                "w CTRL 58000060",
                "w VET 8100"));
        rig.assertTrace(expected.toArray(String[]::new));
    }

    @Test
    @Mechanism({"I17", "E11", "E13"})
    void theNetworkDeviceIsMadeAfterTheHardwareAndRegisteredLast() throws NetException {
        rig.probe();
        InOrder order = inOrder(rig.pdev, rig.netDevices, rig.device);
        order.verify(rig.pdev).enable();
        order.verify(rig.pdev).mapBar(0);
        order.verify(rig.pdev).allocIrqVectors(1, 1, List.of(IrqKind.MSI, IrqKind.INTX));
        order.verify(rig.netDevices).alloc("eth%d", rig.ops);
        order.verify(rig.device).addNapi("e1000", rig.poll, 64);
        order.verify(rig.netDevices).register(rig.device);
    }

    @Test
    void theDeviceKnowsItsAddressRangesAndFeatures() throws NetException {
        rig.probe();
        assertEquals(MacAddress.parse("52:54:00:12:34:56"), rig.config.macAddress());
        assertEquals(16110, rig.config.mostMtu());
        assertTrue((rig.config.features() & (DeviceFeatures.SG | DeviceFeatures.HW_CSUM)) != 0);
        assertEquals(1000, rig.config.ethtool().speedMbps());
    }

    // ---- failures, one per step: what was taken before is given back, nothing after is touched

    private NetException fails() {
        return assertThrows(NetException.class, () -> rig.probe());
    }

    @Test
    @Mechanism("I18")
    void aDeviceThatCannotBeEnabledIsLeftAlone() throws NetException {
        doThrow(new NetException(Errno.EIO, "enable")).when(rig.pdev).enable();
        NetException e = fails();
        assertTrue(e.getMessage().contains("0000:00:04.0"), e.getMessage());
        verify(rig.pdev, never()).disable();
        verify(rig.pdev, never()).mapBar(anyInt());
    }

    @Test
    @Mechanism("I18")
    void aMissingRegisterWindowDisablesTheDevice() throws NetException {
        when(rig.pdev.mapBar(0)).thenThrow(new NetException(Errno.ENODEV, "map BAR 0"));
        assertEquals(Errno.ENODEV, fails().errno());
        verify(rig.pdev).disable();
    }

    @Test
    @Mechanism("I18")
    void aResetThatDoesNotEndDisablesTheDevice() {
        rig.registers.resetHangs = true;
        assertEquals(Errno.EIO, fails().errno());
        verify(rig.pdev).disable();
    }

    @Test
    @Mechanism("I18")
    void aDeviceThatIsGoneIsNotTaken() {
        rig.registers.gone = true;
        assertEquals(Errno.ENODEV, fails().errno());
        verify(rig.pdev).disable();
    }

    @Test
    @Mechanism("I18")
    void anEepromWithAWrongSumIsRefused() throws NetException {
        rig.registers.eeprom[5]++;
        NetException e = fails();
        assertTrue(e.getMessage().contains("0xbabb"), e.getMessage());
        verify(rig.pdev).disable();
        verify(rig.pdev, never()).allocIrqVectors(anyInt(), anyInt(), any());
    }

    @Test
    @Mechanism("I18")
    void anEepromThatDoesNotAnswerIsRefused() {
        rig.registers.eepromSilent = true;
        assertEquals(Errno.EIO, fails().errno());
        verify(rig.pdev).disable();
    }

    @Test
    @Mechanism("I18")
    void anEepromWithoutAStationAddressIsRefused() {
        rig.registers.eeprom[0] |= 1;
        rig.registers.fixEepromSum();
        assertTrue(fails().getMessage().contains("53:54:00:12:34:56"));
    }

    @Test
    @Mechanism("I18")
    void withoutAnInterruptTheDeviceIsDisabledAgain() throws NetException {
        when(rig.pdev.allocIrqVectors(anyInt(), anyInt(), any())).thenThrow(new NetException(Errno.ENODEV, "vectors"));
        fails();
        verify(rig.pdev).disable();
        verify(rig.vectors, never()).free();
    }

    @Test
    @Mechanism("I18")
    void aRefusedRegistrationUndoesEverythingInReverse() throws NetException {
        doThrow(new NetException(Errno.EEXIST, "register")).when(rig.netDevices).register(any());
        assertEquals(Errno.EEXIST, fails().errno());
        InOrder order = inOrder(rig.napi, rig.vectors, rig.pdev);
        order.verify(rig.napi).remove();
        order.verify(rig.vectors).free();
        order.verify(rig.pdev).disable();
        verify(rig.netDevices, never()).unregister(any());
        rig.driver.remove(rig.pdev);
        rig.assertNothingHeld();
    }

    @Test
    void badOptionsAreRefusedBeforeTheDeviceIsTouched() throws NetException {
        assertThrows(NetException.class, () -> rig.probe("rx=79"));
        assertThrows(NetException.class, () -> rig.probe("tx=4097"));
        assertThrows(NetException.class, () -> rig.probe("itr=17ms"));
        verify(rig.pdev, never()).enable();
    }

    @Test
    @Mechanism("E12")
    void removeUndoesAProbeInReverseAndTheDeviceCanBeTakenAgain() throws NetException {
        rig.probe();
        rig.driver.remove(rig.pdev);
        InOrder order = inOrder(rig.netDevices, rig.napi, rig.vectors, rig.pdev);
        order.verify(rig.netDevices).unregister(rig.device);
        order.verify(rig.napi).remove();
        order.verify(rig.vectors).free();
        order.verify(rig.pdev).disable();
        rig.probe();
        rig.open();
        rig.ops.stop();
        rig.assertNothingHeld();
    }
}
