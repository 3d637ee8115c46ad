package dev.netstack4j.bus.emulated.cable;

import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.hardware.WireContext;
import dev.netstack4j.api.hardware.WireOps;
import dev.netstack4j.api.spi.Option;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.OptionTypes;
import dev.netstack4j.api.spi.Options;
import jakarta.inject.Inject;

/// The wire kind `cable`. Two ends of one name, in stacks of one runtime, are one cable. Rate, delay, loss and
/// corruption of an end apply to what is sent into that end; give both ends the same for a symmetric cable.
public final class CableOps implements WireOps {
    static final Option<String> NAME =
            Option.required("name", OptionTypes.TEXT, "name of the cable, the same at both ends");
    static final Option<Long> RATE = Option.of(
            "rate",
            OptionTypes.BITS_PER_SECOND,
            0L,
            "bits a second, with preamble, FCS and gap (24 bytes a frame); 0: no limit");
    static final Option<Long> DELAY =
            Option.of("delay", OptionTypes.NANOS, 0L, "time from the last bit sent to the frame received");
    static final Option<Double> LOSS = Option.of("loss", OptionTypes.SHARE, 0.0, "share of the frames that vanish");
    static final Option<Double> CORRUPT =
            Option.of("corrupt", OptionTypes.SHARE, 0.0, "share of the frames that arrive with a bad check sequence");
    static final Option<Long> LIMIT = Option.of(
            "limit",
            OptionTypes.BYTES,
            16L << 10,
            "bytes that may wait for their turn at the rate; then the sender holds");

    /// Options of one end.
    public static final OptionSchema OPTIONS = OptionSchema.of(NAME, RATE, DELAY, LOSS, CORRUPT, LIMIT);

    /// Injected.
    @Inject
    public CableOps() {}

    @Override
    public Wire create(WireContext context, Options options) throws NetException {
        String name = options.get(NAME);
        Cable cable = context.runtime()
                .shared(
                        Cable.class,
                        "cable " + name,
                        () -> new Cable(name, context.sync().spinLock("cable " + name)));
        Shape shape = new Shape(
                options.get(RATE), options.get(DELAY), options.get(LOSS), options.get(CORRUPT), options.get(LIMIT));
        CableEnd end = new CableEnd(cable, name + " from " + context.stackName(), context, shape);
        try {
            cable.join(end);
        } catch (NetException e) {
            end.discard();
            throw e;
        }
        return end;
    }

    @Override
    public boolean touchesOutside() {
        return false;
    }
}
