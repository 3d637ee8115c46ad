package dev.netstack4j.core.runtime;

import dev.netstack4j.api.doc.Linux;
import java.util.function.IntSupplier;

/// How long an idle CPU looks for work before it sleeps. A sleeping thread costs its waker several microseconds and
/// comes late; a looking one costs a core. So the time grows while work comes soon after the CPU fell asleep, and
/// nobody looks where it comes late, or where another thread wants the core. Used by who sits in the CPU's seat.
@Linux("virt/kvm/kvm_main.c#grow_halt_poll_ns")
final class BusyPoll {
    /// A look that takes longer than this was interrupted by somebody who has the core too.
    static final long CROWDED_NANOS = 5_000;

    private static final int LONGEST_PAUSE = 64;

    private final IntSupplier longestMicros;
    private long nanos;
    private int pause; // waits without looking, after the next crowd
    private int paused;

    BusyPoll(IntSupplier longestMicros) {
        this.longestMicros = longestMicros;
    }

    /// How long to look now; 0 to sleep at once.
    long nanos() {
        if (paused > 0) {
            paused--;
            return 0;
        }
        return nanos;
    }

    /// The CPU slept.
    ///
    /// @param slept how long, until work came
    void slept(long slept) {
        long most = longestMicros.getAsInt() * 1000L;
        nanos = slept > most ? 0 : Math.min(most, Math.max(nanos * 2, most / 4));
    }

    /// Something was found.
    void found() {
        pause = 0;
    }

    /// Another thread, or an interrupt, had this core while the CPU looked. Once may be chance; where it goes on,
    /// looking takes the core from the very thread that would send something.
    void crowded() {
        pause = Math.min(LONGEST_PAUSE, pause * 2 + 1);
        paused = pause;
    }
}
