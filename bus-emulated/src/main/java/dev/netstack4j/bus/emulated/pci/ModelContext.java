package dev.netstack4j.bus.emulated.pci;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.hardware.BusContext;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.bus.emulated.dma.DmaPort;

/// What a chip is soldered to.
///
/// @param name for listings: model and address
/// @param host clock, engines, locks of the host
/// @param dma  the chip's way to memory
/// @param wire where frames go
/// @param mac  the address in its EEPROM
/// @param eepromGood whether the words of its EEPROM have the right sum
public record ModelContext(String name, BusContext host, DmaPort dma, Wire wire, MacAddress mac, boolean eepromGood) {}
