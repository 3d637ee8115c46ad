package dev.netstack4j.proto.arp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.device.DeviceEvent;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.protocol.InetControl;
import dev.netstack4j.api.settings.Sysctl;
import dev.netstack4j.api.spi.Plugged;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArpAnnouncerTest {
    private final ArpRig rig = new ArpRig();
    private final ArpAnnouncer announcer;

    ArpAnnouncerTest() {
        InetControl control = mock(InetControl.class);
        when(control.addresses(rig.device))
                .thenReturn(List.of(IpPrefix.parse("10.0.0.1/24"), IpPrefix.parse("10.0.1.1/24")));
        Plugged plugged = mock(Plugged.class);
        when(plugged.find(InetControl.POINT, "AF_INET")).thenReturn(control);
        announcer = new ArpAnnouncer(plugged, rig.cpus, rig.transmitter, rig.host.sysctls());
        announcer.start();
    }

    @AfterEach
    void everythingIsFreed() {
        assertTrue(rig.sentNothing());
        rig.host.assertNoLeak();
    }

    @Test
    @Mechanism("D19")
    void aChangedStationAddressIsAnnouncedForEveryAddress() {
        rig.device.config().macAddress(MacAddress.parse("02:00:00:00:00:09"));
        announcer.changed(rig.device, DeviceEvent.ADDRESS);
        assertEquals(
                "ffffffffffff0200000000090806000108000604" + "0001" + "0200000000090a000001" + "0000000000000a000001",
                rig.sent());
        assertTrue(rig.sent().endsWith("0200000000090a0001010000000000000a000101"));
    }

    @Test
    void comingUpIsAnnouncedOnlyWhenTheSettingSaysSo() {
        announcer.changed(rig.device, DeviceEvent.UP);
        assertTrue(rig.sentNothing());
        Sysctl setting = rig.host.sysctls().find("net.ipv4.conf.all.arp_notify");
        setting.set(1);
        announcer.changed(rig.device, DeviceEvent.UP);
        rig.sent();
        rig.sent();
    }

    @Test
    void aDeviceThatIsDownAnnouncesNothing() {
        rig.device.up(false);
        announcer.changed(rig.device, DeviceEvent.ADDRESS);
    }
}
