package dev.netstack4j.testkit.script.run;

import dev.netstack4j.api.runtime.VirtualRuntime;
import java.util.function.BooleanSupplier;

/// Lets virtual time pass for a script, counted from when this was made.
final class VirtualSteps {
    /// How late something may be: timers that share a tick.
    static final long TOLERANCE = 1_000_000;

    private final VirtualRuntime runtime;
    private final long started;

    VirtualSteps(VirtualRuntime runtime) {
        this.runtime = runtime;
        started = runtime.clock().nanos();
    }

    long started() {
        return started;
    }

    long now() {
        return runtime.clock().nanos() - started;
    }

    void runDue() {
        runtime.runDue();
    }

    /// Runs a call on a thread of the runtime's.
    void start(Runnable call) {
        runtime.start("call", call);
        runtime.runDue();
    }

    /// Runs what is due, then on until something is there or the time has come.
    void until(BooleanSupplier there, long untilNanos) {
        runtime.runDue();
        while (!there.getAsBoolean() && stepTowards(untilNanos)) {
            // until it is there
        }
    }

    private boolean stepTowards(long untilNanos) {
        long due = runtime.nextDeadlineNanos() - started;
        if (due <= untilNanos) {
            runtime.step();
            return true;
        }
        if (untilNanos > now()) {
            runtime.advance(untilNanos - now());
        }
        return false;
    }
}
