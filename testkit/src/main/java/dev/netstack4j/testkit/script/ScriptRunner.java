package dev.netstack4j.testkit.script;

import dev.netstack4j.api.stack.StackBuilder;
import dev.netstack4j.testkit.script.linux.LinuxTarget;
import dev.netstack4j.testkit.script.run.Playback;
import dev.netstack4j.testkit.script.run.SimulationTarget;
import dev.netstack4j.testkit.script.run.StackTarget;
import dev.netstack4j.testkit.script.run.Target;
import dev.netstack4j.testkit.simulation.SimHost;
import dev.netstack4j.testkit.simulation.SimPeer;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs scripts, each against a fresh target: a stack in virtual time, or the Linux kernel. Immutable; several threads
/// may use one.
public final class ScriptRunner {
    private static final long SEED = 42;
    private static final int ATTEMPTS = 3;

    private final LongFunction<Target> targets;
    private final long seed;
    private final int attempts;

    private ScriptRunner(LongFunction<Target> targets, long seed, int attempts) {
        this.targets = targets;
        this.seed = seed;
        this.attempts = attempts;
    }

    /// Against stacks from builders of the caller's: with the modules that are to be tested. The runner adds runtime,
    /// name, memory, settings and a device.
    public static ScriptRunner of(Supplier<StackBuilder> builders) {
        return new ScriptRunner(s -> new StackTarget(builders, s), SEED, 1);
    }

    /// Against the kernel of this machine, in real time, in a network namespace that each script gets for itself and
    /// that ends with it. Running needs root, `/dev/net/tun` and the program `ip`. Because other programs want the
    /// processor too, a script that fails is played again, twice at most; it must be right once.
    public static ScriptRunner onLinux() {
        return new ScriptRunner(s -> new LinuxTarget(), SEED, ATTEMPTS);
    }

    /// Against a host of a simulation, which goes on meanwhile with all its other hosts. The script is what `peer` is
    /// behind its link; in a subnet of a link that is the host's own, they have the addresses that scripts have when
    /// they say none.
    public static ScriptRunner in(SimHost host, SimPeer peer) {
        return new ScriptRunner(s -> new SimulationTarget(host, peer), SEED, 1);
    }

    /// With another seed of the stack's randomness.
    public ScriptRunner seed(long other) {
        return new ScriptRunner(targets, other, attempts);
    }

    /// Why the script says that it is not for this target; null when it is.
    public @Nullable String skips(Script script) {
        try (Target target = targets.apply(seed)) {
            return script.skippedOn(target.name());
        }
    }

    /// Runs a script, also one that [#skips] tells of.
    ///
    /// @throws ScriptFailure when the target does not do what the script says
    /// @throws AssertionError when a packet leaked
    /// @throws Exception when the target cannot be made
    public void run(Script script) throws Exception {
        for (int left = attempts; ; left--) {
            try {
                Playback.play(script, targets.apply(seed));
                return;
            } catch (ScriptFailure f) {
                if (left <= 1) {
                    throw f;
                }
            }
        }
    }
}
