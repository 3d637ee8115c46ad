package com.example.red;

import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.qdisc.Qdisc;
import dev.netstack4j.api.qdisc.QdiscContext;
import dev.netstack4j.api.qdisc.QdiscOps;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.RandomStream;
import dev.netstack4j.api.runtime.RandomStreams;
import dev.netstack4j.api.spi.Option;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.OptionTypes;
import dev.netstack4j.api.spi.Options;
import jakarta.inject.Inject;

/// Makes one [Red] for each transmit queue.
final class RedOps implements QdiscOps {
    static final Option<Long> LIMIT = Option.of("limit", OptionTypes.BYTES, 400_000L, "most bytes held");
    static final Option<Long> MIN =
            Option.of("min", OptionTypes.BYTES, 30_000L, "average below which nothing is dropped");
    static final Option<Long> MAX = Option.of("max", OptionTypes.BYTES, 90_000L, "average above which all is dropped");
    static final Option<Double> PROBABILITY =
            Option.of("probability", OptionTypes.SHARE, 0.02, "share that is dropped just below max");
    static final OptionSchema SCHEMA = OptionSchema.of(LIMIT, MIN, MAX, PROBABILITY);

    private final Clock clock;
    private final RandomStream random;
    private final RedReasons reasons;

    @Inject
    RedOps(Clock clock, RandomStreams streams, PacketReasons reasons) {
        this.clock = clock;
        this.random = streams.stream("red");
        this.reasons = new RedReasons(reasons);
    }

    @Override
    public Qdisc create(QdiscContext context, Options o) throws NetException {
        boolean sensible = 0 < o.get(MIN) && o.get(MIN) < o.get(MAX) && o.get(MAX) <= o.get(LIMIT);
        if (!sensible) {
            throw new NetException(Errno.EINVAL, "make a red whose min is not below max, or max not below limit");
        }
        return new Red(o.get(LIMIT), new EarlyDrop(o.get(MIN), o.get(MAX), o.get(PROBABILITY), random), clock, reasons);
    }
}
