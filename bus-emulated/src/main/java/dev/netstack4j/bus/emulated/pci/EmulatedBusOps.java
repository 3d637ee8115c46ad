package dev.netstack4j.bus.emulated.pci;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.hardware.BusContext;
import dev.netstack4j.api.hardware.PciBus;
import dev.netstack4j.api.hardware.PciBusOps;
import dev.netstack4j.api.spi.Option;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.OptionTypes;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.bus.emulated.dma.DmaMode;
import dev.netstack4j.bus.emulated.fault.Fault;
import jakarta.inject.Inject;
import java.util.List;

/// The bus kind `emulated`.
public final class EmulatedBusOps implements PciBusOps {
    static final Option<DmaMode> DMA = Option.of(
            "dma",
            DmaMode.TYPE,
            DmaMode.IDENTITY,
            "how memory is mapped: identity; checked (every access is checked, slow); bounce (every mapping is"
                    + " copied)");
    static final Option<MacAddress> MAC = Option.of(
            "mac",
            OptionTypes.MAC,
            MacAddress.ZERO,
            "address in the chip's EEPROM; made from stack and slot if absent");
    static final Option<String> REFUSE = Option.of(
            "refuse", OptionTypes.TEXT, "", "interrupt kinds that the machine refuses, for tests: msix,msi,intx");
    static final Option<Boolean> EEPROM = Option.of(
            "eeprom", OptionTypes.FLAG, true, "whether the words of the chip's EEPROM have the right sum, for tests");
    static final Option<List<Fault>> FAULT = Option.of(
            "fault",
            Fault.LIST,
            List.of(),
            "faults to inject, NAME[:COUNT|:TIME][@TIME] joined by +, for tests; times count from plugging in"
                    + " (docs/faults-and-traces.md)");

    /// Options of the bus.
    public static final OptionSchema BUS_OPTIONS = OptionSchema.of(DMA);

    private static final OptionSchema DEVICE_OPTIONS = OptionSchema.of(MAC, EEPROM, DMA, REFUSE, FAULT);

    /// Injected.
    @Inject
    public EmulatedBusOps() {}

    @Override
    public PciBus create(BusContext context, Options options) {
        return new EmulatedBus(context, options.get(DMA));
    }

    @Override
    public boolean touchesOutside() {
        return false;
    }

    @Override
    public OptionSchema deviceOptions() {
        return DEVICE_OPTIONS;
    }
}
