package dev.netstack4j.systemtests.kits.bus;

import dev.netstack4j.api.hardware.BusContext;
import dev.netstack4j.api.hardware.PciBus;
import dev.netstack4j.api.hardware.PciBusOps;
import dev.netstack4j.api.spi.Option;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.OptionTypes;
import dev.netstack4j.api.spi.Options;
import jakarta.inject.Inject;

/// The bus kind `plain`.
final class PlainBusOps implements PciBusOps {
    static final Option<String> DEFECT = Option.of("bus-defect", OptionTypes.TEXT, "NONE", "a name of BusDefect");
    static final OptionSchema BUS_OPTIONS = OptionSchema.of(DEFECT);

    @Inject
    PlainBusOps() {}

    @Override
    public PciBus create(BusContext context, Options options) {
        return new PlainBus(context);
    }

    @Override
    public boolean touchesOutside() {
        return false;
    }

    @Override
    public OptionSchema deviceOptions() {
        return BUS_OPTIONS;
    }
}
