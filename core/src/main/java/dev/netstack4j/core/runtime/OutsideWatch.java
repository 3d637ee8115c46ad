package dev.netstack4j.core.runtime;

import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Judges whether a thread that has the baton computes, or stands in a lock, a sleep or input and output outside the
/// runtime, where virtual time cannot help it.
final class OutsideWatch {
    /// A thread that computes may take that many times as long.
    private static final int PATIENCE_WITH_COMPUTING = 30;
    /// A look counts for that part of the limit at most: a process that was stopped, or a machine that slept, has not
    /// waited.
    private static final int LOOKS_AT_LEAST = 4;

    private static final List<String> NATIVE_WAITS =
            List.of("java.net.", "sun.nio.", "java.io.", "jdk.internal.misc.Blocker", "java.lang.Process");

    private final long limitNanos;
    private final LongSupplier nanoTime;
    private long seen;
    private long lookedAt;
    private long stood;
    private long waited; // of it, seen waiting at each look

    /// What it found.
    enum Verdict {
        GOES_ON,
        OUTSIDE
    }

    /// @param nanoTime of the real clock
    OutsideWatch(long limitNanos, long progress, LongSupplier nanoTime) {
        this.limitNanos = limitNanos;
        this.nanoTime = nanoTime;
        seen = progress;
        lookedAt = nanoTime.getAsLong();
    }

    /// @param progress changes whenever the run goes on
    Verdict look(long progress, @Nullable Strand holder) {
        long now = nanoTime.getAsLong();
        long slice = Math.min(now - lookedAt, limitNanos / LOOKS_AT_LEAST);
        lookedAt = now;
        Thread t = holder == null ? null : holder.thread();
        if (t == null || progress != seen) {
            seen = progress;
            stood = 0;
            waited = 0;
            return Verdict.GOES_ON;
        }
        stood += slice;
        waited = waits(t) ? waited + slice : 0;
        boolean over = waited >= limitNanos || stood > limitNanos * PATIENCE_WITH_COMPUTING;
        return over ? Verdict.OUTSIDE : Verdict.GOES_ON;
    }

    private static boolean waits(Thread t) {
        return switch (t.getState()) {
            case BLOCKED, WAITING, TIMED_WAITING -> true;
            case RUNNABLE -> isInNativeWait(t.getStackTrace());
            default -> false;
        };
    }

    private static boolean isInNativeWait(StackTraceElement[] trace) {
        return trace.length > 0
                && trace[0].isNativeMethod()
                && NATIVE_WAITS.stream().anyMatch(trace[0].getClassName()::startsWith);
    }
}
