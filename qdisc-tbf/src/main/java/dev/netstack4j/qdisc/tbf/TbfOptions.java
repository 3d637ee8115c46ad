package dev.netstack4j.qdisc.tbf;

import dev.netstack4j.api.spi.Option;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.OptionTypes;

/// The options of `tbf`. Sizes and rates count whole frames without the check sequence.
final class TbfOptions {
    static final Option<Long> RATE =
            Option.required("rate", OptionTypes.BITS_PER_SECOND, "bits a second that may pass, 8bit to 1000gbit");
    static final Option<Long> BURST = Option.of(
            "burst",
            OptionTypes.BYTES,
            0L,
            "bytes that may pass at once after a pause, and so the longest packet; 0: 4 ms at the rate, at least 66k");
    static final Option<Long> LIMIT =
            Option.of("limit", OptionTypes.BYTES, 0L, "most bytes held; 0: what the latency comes to");
    static final Option<Long> LATENCY = Option.of(
            "latency",
            OptionTypes.NANOS,
            50_000_000L,
            "longest wait of a packet, which sets the limit; the default one sets at most 32m");
    static final Option<Long> PEAK_RATE =
            Option.of("peakrate", OptionTypes.BITS_PER_SECOND, 0L, "bits a second within a burst; 0: no such bound");
    static final Option<Long> MTU = Option.of(
            "mtu", OptionTypes.BYTES, 0L, "bytes that may pass at once at the peak rate; 0: the longest packet, 66k");

    static final OptionSchema SCHEMA = OptionSchema.of(RATE, BURST, LIMIT, LATENCY, PEAK_RATE, MTU);

    private TbfOptions() {}
}
