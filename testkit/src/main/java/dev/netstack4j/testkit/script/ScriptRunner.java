package dev.netstack4j.testkit.script;

import dev.netstack4j.api.stack.StackBuilder;
import dev.netstack4j.testkit.script.run.Playback;
import dev.netstack4j.testkit.script.run.StackTarget;
import java.util.function.Supplier;

/// Runs scripts in virtual time, each against a fresh stack. Not thread-safe; a runner in each thread is fine.
public final class ScriptRunner {
    private static final long SEED = 42;

    private final Supplier<StackBuilder> builders;
    private final long seed;

    private ScriptRunner(Supplier<StackBuilder> builders, long seed) {
        this.builders = builders;
        this.seed = seed;
    }

    /// Against stacks from builders of the caller's: with the modules that are to be tested. The runner adds runtime,
    /// name, memory, settings and a device.
    public static ScriptRunner of(Supplier<StackBuilder> builders) {
        return new ScriptRunner(builders, SEED);
    }

    /// With another seed of the stack's randomness.
    public ScriptRunner seed(long other) {
        return new ScriptRunner(builders, other);
    }

    /// Runs a script.
    ///
    /// @throws ScriptFailure when the stack does not do what the script says
    /// @throws AssertionError when a packet leaked
    /// @throws Exception when the stack cannot be assembled
    public void run(Script script) throws Exception {
        Playback.play(script, new StackTarget(builders, seed));
    }
}
