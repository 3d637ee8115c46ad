package dev.netstack4j.testkit.simulation.nic;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.hardware.BusContext;
import dev.netstack4j.api.hardware.PciBus;
import dev.netstack4j.api.hardware.PciBusOps;
import dev.netstack4j.api.spi.Option;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.OptionTypes;
import dev.netstack4j.api.spi.Options;
import jakarta.inject.Inject;

/// The bus kind `simulated`.
final class SimulatedBusOps implements PciBusOps {
    static final Option<MacAddress> MAC =
            Option.of("mac", OptionTypes.MAC, MacAddress.parse("02:00:00:00:00:01"), "station address of the card");
    private static final OptionSchema DEVICE_OPTIONS = OptionSchema.of(MAC);

    @Inject
    SimulatedBusOps() {}

    @Override
    public PciBus create(BusContext context, Options options) {
        return new SimulatedBus(context);
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
