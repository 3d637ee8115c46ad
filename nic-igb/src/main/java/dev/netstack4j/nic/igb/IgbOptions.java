package dev.netstack4j.nic.igb;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.spi.Option;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.OptionTypes;
import dev.netstack4j.api.spi.Options;

/// The driver's options for one device, and what makes them legal.
final class IgbOptions {
    static final int LEAST_RING = 80;
    static final int MOST_RING = 4096;
    static final int MOST_QUEUES = 8;

    static final Option<Integer> RX = Option.of(
            "rx",
            OptionTypes.INTEGER,
            256,
            "receive descriptors of a queue, 80 to 4096, rounded up to a multiple of 8");
    static final Option<Integer> TX = Option.of(
            "tx",
            OptionTypes.INTEGER,
            256,
            "transmit descriptors of a queue, 80 to 4096, rounded up to a multiple of 8");
    static final Option<Integer> QUEUES =
            Option.of("queues", OptionTypes.INTEGER, 0, "queue pairs, 1 to 8; 0: one for each CPU");
    static final Option<Long> ITR = Option.of(
            "itr",
            OptionTypes.NANOS,
            0L,
            "least time between two interrupts of a queue, at most 8191us; 0: no moderation");
    static final Option<Boolean> FLOW = Option.of(
            "flow", OptionTypes.FLAG, true, "pause frames: obey them, and send them when the receive buffer fills up");
    static final Option<Boolean> DROP = Option.of(
            "drop",
            OptionTypes.FLAG,
            false,
            "a receive queue without buffers drops its frames instead of holding up the other queues");
    static final Option<Boolean> XPS = Option.of(
            "xps", OptionTypes.FLAG, false, "the sending CPU chooses the transmit queue, instead of the flow");

    static final OptionSchema SCHEMA = OptionSchema.of(RX, TX, QUEUES, ITR, FLOW, DROP, XPS);

    private IgbOptions() {}

    static IgbSettings settings(Options options, int cpus) throws NetException {
        int queues = options.get(QUEUES);
        boolean flow = options.get(FLOW);
        return new IgbSettings(
                ring(options.get(RX), "receive"),
                ring(options.get(TX), "transmit"),
                queues == 0 ? Math.min(cpus, MOST_QUEUES) : queues(queues),
                coalesce(options.get(ITR)),
                flow,
                flow,
                options.get(DROP),
                options.get(XPS));
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

    static int queues(int wanted) throws NetException {
        if (wanted < 1 || wanted > MOST_QUEUES) {
            throw new NetException(
                    Errno.EINVAL, "use " + wanted + " queue pairs (1 to " + MOST_QUEUES + " are possible)");
        }
        return wanted;
    }

    static long coalesce(long nanos) throws NetException {
        if (nanos < 0 || nanos > InterruptRegisters.MOST_COALESCE_NANOS) {
            throw new NetException(Errno.EINVAL, "set " + nanos + " ns between interrupts (0 to 8191000 are possible)");
        }
        return nanos;
    }
}
