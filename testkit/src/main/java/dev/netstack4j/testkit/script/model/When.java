package dev.netstack4j.testkit.script.model;

/// When an event happens.
///
/// @param relative whether counted from the event before, not from the start
/// @param from     nanoseconds; [#ANY] in both for any time
/// @param to       nanoseconds; for a packet the latest time, for a lasting call its end
/// @param lasting  whether it is a call that begins at `from` and returns at `to`
public record When(boolean relative, long from, long to, boolean lasting) {
    /// No time is said.
    public static final long ANY = -1;

    /// Whether any time is right.
    public boolean isAny() {
        return from == ANY;
    }

    /// The earliest time, given the time of the event before.
    public long earliest(long base) {
        return isAny() ? base : relative ? base + from : from;
    }

    /// The latest time, given the time of the event before.
    public long latest(long base) {
        return isAny() ? Long.MAX_VALUE : relative ? base + to : to;
    }
}
