package dev.netstack4j.api.runtime;

import dev.netstack4j.api.doc.ProvidedByCore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A runtime whose time moves only when stepped. One thing runs at a time; the same seed gives the same run. `close`
/// ends threads that still wait: each gets an error where it stands.
@ProvidedByCore
public interface VirtualRuntime extends StackRuntime {
    /// Runs everything that is due at the present instant.
    ///
    /// @return whether anything ran
    boolean runDue();

    /// Moves time to the next deadline and runs what is due there.
    ///
    /// @return false when nothing is left to happen
    boolean step();

    /// Runs until `nanos` of virtual time have passed.
    void advance(long nanos);

    /// When the next thing is due, on the runtime's clock: the present instant when something can run now,
    /// `Long.MAX_VALUE` when nothing is left to happen.
    long nextDeadlineNanos();

    /// Runs until nothing is left to happen.
    void runUntilIdle();

    /// Adds an engine that belongs to no stack: what lies between them, such as a simulated network. At each instant
    /// it runs before the stacks; what it throws ends the step.
    ///
    /// @param name for listings and traces
    EngineHandle engine(String name, Engine engine);

    /// What ran last, oldest first, one sentence each with its virtual time: interrupts, softirqs, timers, engines, and
    /// the stretches of application threads. At most 64; for messages to people.
    List<String> recentEvents();

    /// Sets how long, in milliseconds of real time, application code may stand in a lock, a sleep, or input and output
    /// outside the stack before the call that steps the runtime throws [IllegalStateException] with that code's stack
    /// trace. Code that computes may take 30 times as long. 2000 at first.
    void outsideLimitMillis(long realMillis);

    /// Begins or ends schedule exploration. While it is on, each CPU's agent, each engine and each application thread
    /// runs on its own, and may be stopped at each use of a lock, of bits or of a wait queue, at interrupts, timers and
    /// softirqs, and on entering and leaving a CPU; `chooser` says who goes on. Without one the fixed order holds.
    ///
    /// @param chooser null: ends it; what was stopped runs to its rest in the default order first
    void explore(@Nullable ScheduleChooser chooser);

    /// Sets what the work of CPUs costs from now on, so that overload and time limits occur.
    ///
    /// @param cost null: nothing, as at first
    void cost(@Nullable CpuCost cost);
}
