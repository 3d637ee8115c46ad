package dev.netstack4j.core.runtime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Judges whether a thread that has the baton computes, or stands in a lock, a sleep or input and output outside the
/// runtime, where virtual time cannot help it.
final class OutsideWatch {
    /// A thread that computes may take that many times as long.
    private static final int PATIENCE_WITH_COMPUTING = 30;

    private static final List<String> NATIVE_WAITS =
            List.of("java.net.", "sun.nio.", "java.io.", "jdk.internal.misc.Blocker", "java.lang.Process");

    private final long limitNanos;
    private long seen;
    private long since = System.nanoTime();

    /// What it found.
    enum Verdict {
        GOES_ON,
        OUTSIDE
    }

    OutsideWatch(long limitNanos, long progress) {
        this.limitNanos = limitNanos;
        this.seen = progress;
    }

    /// @param progress changes whenever the run goes on
    Verdict look(long progress, @Nullable Strand holder) {
        long now = System.nanoTime();
        if (progress != seen) {
            seen = progress;
            since = now;
        }
        Thread t = holder == null ? null : holder.thread();
        if (t == null || now - since < limitNanos) {
            return Verdict.GOES_ON;
        }
        boolean over = waits(t) || now - since > limitNanos * PATIENCE_WITH_COMPUTING;
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
