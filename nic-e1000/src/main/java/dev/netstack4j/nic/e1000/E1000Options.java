package dev.netstack4j.nic.e1000;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.spi.Option;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.OptionTypes;
import dev.netstack4j.api.spi.Options;

/// The driver's options for one device, and what makes them legal.
final class E1000Options {
    static final int LEAST_RING = 80;
    static final int MOST_RING = 4096;

    static final Option<Integer> RX =
            Option.of("rx", OptionTypes.INTEGER, 256, "receive descriptors, 80 to 4096, rounded up to a multiple of 8");
    static final Option<Integer> TX = Option.of(
            "tx", OptionTypes.INTEGER, 256, "transmit descriptors, 80 to 4096, rounded up to a multiple of 8");
    static final Option<Long> ITR = Option.of(
            "itr", OptionTypes.NANOS, 0L, "least time between two interrupts, at most 16776us; 0: no moderation");

    static final Option<Boolean> FLOW = Option.of(
            "flow", OptionTypes.FLAG, true, "pause frames: obey them, and send them when the receive buffer fills up");

    static final OptionSchema SCHEMA = OptionSchema.of(RX, TX, ITR, FLOW);

    private E1000Options() {}

    static E1000Settings settings(Options options) throws NetException {
        return new E1000Settings(
                ring(options.get(RX), "receive"),
                ring(options.get(TX), "transmit"),
                coalesce(options.get(ITR)),
                options.get(FLOW));
    }

    /// The length of a ring must be a multiple of 128 bytes: 8 descriptors.
    static int ring(int wanted, String which) throws NetException {
        if (wanted < LEAST_RING || wanted > MOST_RING) {
            throw new NetException(
                    Errno.EINVAL,
                    "set a " + which + " ring of " + wanted + " descriptors (" + LEAST_RING + " to " + MOST_RING
                            + " are possible)");
        }
        return wanted + 7 & ~7;
    }

    static long coalesce(long nanos) throws NetException {
        if (nanos < 0 || nanos / Registers.ITR_UNIT_NANOS > Registers.ITR_MOST) {
            throw new NetException(
                    Errno.EINVAL, "set " + nanos + " ns between interrupts (0 to 16776960 are possible)");
        }
        return nanos;
    }
}
