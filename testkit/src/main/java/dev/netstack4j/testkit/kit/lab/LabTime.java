package dev.netstack4j.testkit.kit.lab;

import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.runtime.VirtualRuntime;
import java.util.function.BooleanSupplier;

/// Lets time pass, virtual or real.
public final class LabTime {
    private static final long MILLI = 1_000_000;
    private static final long MOST_WAIT = 3_000 * MILLI;
    /// In real time other programs want the processor too.
    private static final long MOST_REAL_WAIT = 20_000 * MILLI;

    private LabTime() {}

    /// Lets everything that is under way come to rest.
    public static void settle(StackRuntime runtime) {
        pass(runtime, 60 * MILLI);
    }

    /// Lets time pass.
    public static void pass(StackRuntime runtime, long nanos) {
        if (runtime instanceof VirtualRuntime v) {
            v.advance(nanos);
        } else {
            runtime.pause(nanos);
        }
    }

    /// Lets time pass until something is so.
    ///
    /// @return whether it became so within three seconds, or twenty in real time
    public static boolean until(StackRuntime runtime, BooleanSupplier condition) {
        long most = runtime instanceof VirtualRuntime ? MOST_WAIT : MOST_REAL_WAIT;
        long begin = runtime.clock().nanos();
        while (!condition.getAsBoolean()) {
            if (runtime.clock().nanos() - begin > most) {
                return false;
            }
            pass(runtime, MILLI);
        }
        return true;
    }
}
