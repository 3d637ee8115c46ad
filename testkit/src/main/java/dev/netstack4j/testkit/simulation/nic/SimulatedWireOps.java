package dev.netstack4j.testkit.simulation.nic;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.hardware.WireContext;
import dev.netstack4j.api.hardware.WireOps;
import dev.netstack4j.api.spi.Option;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.OptionTypes;
import dev.netstack4j.api.spi.Options;
import jakarta.inject.Inject;

/// The wire kind `simulated`: takes an end that a simulation has laid out.
final class SimulatedWireOps implements WireOps {
    static final Option<String> NAME =
            Option.required("name", OptionTypes.TEXT, "name under which the simulation has laid the end out");
    static final OptionSchema OPTIONS = OptionSchema.of(NAME);

    @Inject
    SimulatedWireOps() {}

    @Override
    public Wire create(WireContext context, Options options) throws NetException {
        String name = options.get(NAME);
        Wire end = WireEnds.of(context.runtime()).take(name);
        if (end == null) {
            throw new NetException(
                    Errno.ENOENT, "take the simulated link '" + name + "': only Simulation.link lays links out");
        }
        return end;
    }

    @Override
    public boolean touchesOutside() {
        return false;
    }
}
