package dev.netstack4j.testkit.script;

import dev.netstack4j.testkit.script.model.Setup;
import dev.netstack4j.testkit.script.model.Step;
import dev.netstack4j.testkit.script.text.ScriptParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A packet script that was read: what a peer sends, what must be answered and when, and the calls beside it. The form
/// is described in `docs/packet-scripts.md`. Immutable.
public final class Script {
    /// How names of files with scripts end.
    public static final String SUFFIX = ".packets";

    private final String name;
    private final Setup setup;
    private final List<Step> steps;

    /// @param name  for messages
    /// @param setup what holds before the first event
    /// @param steps the events in order
    public Script(String name, Setup setup, List<Step> steps) {
        this.name = name;
        this.setup = setup;
        this.steps = List.copyOf(steps);
    }

    /// Reads a script.
    ///
    /// @param name for messages, usually the path
    /// @throws ScriptSyntaxException when it cannot be read: one sentence, with line and column
    public static Script parse(String name, String text) {
        ScriptParser.Result r = ScriptParser.parse(name, text);
        return new Script(name, r.setup(), r.steps());
    }

    /// Reads a file.
    ///
    /// @throws IOException when the file cannot be read
    /// @throws ScriptSyntaxException when it is no script
    public static Script read(Path file) throws IOException {
        return parse(file.toString(), Files.readString(file));
    }

    /// The name.
    public String name() {
        return name;
    }

    /// What holds before the first event.
    public Setup setup() {
        return setup;
    }

    /// All steps, with those that differ between targets unresolved.
    public List<Step> steps() {
        return steps;
    }

    /// The steps for one target, in order.
    public List<Step.Timed> stepsFor(String target) {
        List<Step.Timed> flat = new ArrayList<>();
        flatten(steps, target, flat);
        return flat;
    }

    private static void flatten(List<Step> from, String target, List<Step.Timed> into) {
        for (Step s : from) {
            switch (s) {
                case Step.Timed t -> into.add(t);
                case Step.Differs d -> flatten(d.target().equals(target) ? d.there() : d.elsewhere(), target, into);
            }
        }
    }

    /// How long it takes on a target when everything comes as early as the script allows, nanoseconds.
    public long duration(String target) {
        long at = 0;
        for (Step.Timed s : stepsFor(target)) {
            at = Math.max(at, s.when().earliest(at));
        }
        return at;
    }

    /// Why it is not run on a target; null when it is.
    public @Nullable String skippedOn(String target) {
        return setup.skipped().get(target);
    }

    /// The same with other steps.
    public Script with(String otherName, List<? extends Step> otherSteps) {
        return new Script(otherName, setup, List.copyOf(otherSteps));
    }

    @Override
    public String toString() {
        return name;
    }
}
