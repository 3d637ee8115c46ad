package dev.netstack4j.core.runtime;

import dev.netstack4j.core.runtime.OutsideWatch.Verdict;
import java.util.concurrent.locks.LockSupport;

/// The thread that drives a stepped runtime from outside: a test's. While others have the baton it watches that they
/// come back.
final class DrivingStrand extends Strand {
    private long limitNanos = 2_000_000_000L;

    DrivingStrand(SteppedRuntime runtime) {
        super(runtime, "driver");
    }

    /// @param realNanos how long a thread may stand outside before it is reported
    void limit(long realNanos) {
        limitNanos = realNanos;
    }

    long limit() {
        return limitNanos;
    }

    @Override
    void run() {
        throw new IllegalStateException("the driving thread exists already");
    }

    @Override
    boolean wantsToRun(long now) {
        return false;
    }

    @Override
    boolean isDone() {
        return false;
    }

    /// As its base, but tells when nothing moves any more.
    ///
    /// @throws IllegalStateException when a thread blocks outside
    @Override
    void awaitBaton() {
        OutsideWatch watch = new OutsideWatch(limitNanos, runtime.baton().progress(), System::nanoTime);
        boolean interrupted = false;
        while (!isGranted()) {
            LockSupport.parkNanos(this, Math.max(1_000_000, limitNanos / 8));
            interrupted |= Thread.interrupted();
            if (!isGranted()
                    && watch.look(runtime.baton().progress(), runtime.baton().holder()) == Verdict.OUTSIDE) {
                restore(interrupted);
                throw runtime.baton().abandonHolder();
            }
        }
        taken();
        restore(interrupted);
    }

    private static void restore(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
