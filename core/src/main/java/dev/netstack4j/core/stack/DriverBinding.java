package dev.netstack4j.core.stack;

import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.hardware.PciBus;
import dev.netstack4j.api.hardware.PciDevice;
import dev.netstack4j.api.hardware.PciDriver;
import dev.netstack4j.api.hardware.PciId;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.core.registry.Contributed;

/// A device with the driver that took it.
///
/// @param bus     the bus that it sits on
/// @param pci     the device, of the bus
/// @param seen    the device as its driver sees it, behind interposers
/// @param wire    the wire that it is joined to
/// @param driver  the driver
/// @param id      the entry of the driver's table that matched
/// @param options the driver's options
/// @param device  the network device that the driver registered
record DriverBinding(
        PciBus bus,
        PciDevice pci,
        Interposed seen,
        Wire wire,
        Contributed<PciDriver> driver,
        PciId id,
        Options options,
        NetDevice device) {
    DriverBinding with(NetDevice newDevice) {
        return new DriverBinding(bus, pci, seen, wire, driver, id, options, newDevice);
    }
}
