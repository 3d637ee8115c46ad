package dev.netstack4j.cli.control.host;

import dev.netstack4j.cli.control.message.Fault;

/// How far one request moves a virtual clock at most: stacks have timers that never end, and each of them runs.
public final class Leap {
    private static final long MOST_DAYS = 30;
    private static final long DAY_NANOS = 24L * 3600 * 1_000_000_000;

    private Leap() {}

    /// Checks a distance.
    ///
    /// @throws Fault when it is too far
    public static void check(String field, long nanos) throws Fault {
        if (nanos > MOST_DAYS * DAY_NANOS) {
            throw Fault.field(field, "is more than " + MOST_DAYS + " days ahead; go there in several requests");
        }
    }
}
