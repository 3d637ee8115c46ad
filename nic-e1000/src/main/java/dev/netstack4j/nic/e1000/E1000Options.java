package dev.netstack4j.nic.e1000;

import dev.netstack4j.api.device.CoalesceParameters;
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
    static final Option<Long> RX_DELAY = delay("rxdelay", "from the last frame received to its interrupt");
    static final Option<Long> RX_LONGEST =
            delay("rxlongest", "from the first frame received to the interrupt, at most, while rxdelay is set");
    static final Option<Long> TX_DELAY = delay("txdelay", "from the last frame sent to its interrupt");
    static final Option<Long> TX_LONGEST =
            delay("txlongest", "from the first frame sent to the interrupt, at most, while txdelay is set");
    static final Option<Boolean> FLOW = Option.of(
            "flow", OptionTypes.FLAG, true, "pause frames: obey them, and send them when the receive buffer fills up");

    static final OptionSchema SCHEMA = OptionSchema.of(RX, TX, ITR, RX_DELAY, RX_LONGEST, TX_DELAY, TX_LONGEST, FLOW);

    private static final long MOST_INTERVAL = (long) Registers.ITR_MOST * Registers.ITR_UNIT_NANOS;
    private static final long MOST_DELAY = (long) Registers.DELAY_MOST * Registers.DELAY_UNIT_NANOS;

    private E1000Options() {}

    private static Option<Long> delay(String name, String what) {
        return Option.of(name, OptionTypes.NANOS, 0L, what + ", at most 67107us; 0: none");
    }

    static E1000Settings settings(Options options) throws NetException {
        CoalesceParameters coalesce = CoalesceParameters.NONE
                .withInterval(options.get(ITR))
                .withRx(options.get(RX_DELAY), options.get(RX_LONGEST))
                .withTx(options.get(TX_DELAY), options.get(TX_LONGEST));
        return new E1000Settings(
                ring(options.get(RX), "receive"),
                ring(options.get(TX), "transmit"),
                coalesce(coalesce),
                options.get(FLOW),
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

    static CoalesceParameters coalesce(CoalesceParameters wanted) throws NetException {
        check(wanted.intervalNanos(), MOST_INTERVAL, "between two interrupts");
        check(wanted.rxDelayNanos(), MOST_DELAY, "from the last frame received to its interrupt");
        check(wanted.rxLongestNanos(), MOST_DELAY, "from the first frame received to the interrupt");
        check(wanted.txDelayNanos(), MOST_DELAY, "from the last frame sent to its interrupt");
        check(wanted.txLongestNanos(), MOST_DELAY, "from the first frame sent to the interrupt");
        return wanted;
    }

    private static void check(long nanos, long most, String what) throws NetException {
        if (nanos < 0 || nanos > most) {
            throw new NetException(Errno.EINVAL, "set " + nanos + " ns " + what + " (0 to " + most + " are possible)");
        }
    }
}
