package dev.netstack4j.testkit.script;

import dev.netstack4j.testkit.script.model.Call;
import dev.netstack4j.testkit.script.model.Layer;
import dev.netstack4j.testkit.script.model.Step;
import dev.netstack4j.testkit.script.model.Value;
import dev.netstack4j.testkit.script.model.When;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Scripts that must fail because one expectation of theirs was made wrong: a script of which a mutant passes does not
/// look at what it says.
public final class Mutants {
    private static final long SECOND = 1_000_000_000L;
    private static final int ACK = 16;

    private Mutants() {}

    /// All mutants of a script: one for each field of each expected packet, one without each expected packet, one for
    /// each expected result of a call. Steps within `differs` stay as they are.
    public static List<Script> of(Script script) {
        List<Script> all = new ArrayList<>();
        for (int i = 0; i < script.steps().size(); i++) {
            int at = i;
            switch (script.steps().get(i)) {
                case Step.Out out -> {
                    for (Step.Out changed : packets(out)) {
                        all.add(replaced(script, at, changed));
                    }
                    all.add(replaced(script, at, new Step.Quiet(out.place(), latest(out.when()))));
                }
                case Step.CallStep c -> {
                    Step changed = call(c);
                    if (changed != null) {
                        all.add(replaced(script, at, changed));
                    }
                }
                default -> {
                    // expects nothing
                }
            }
        }
        return all;
    }

    private static When latest(When w) {
        return new When(w.relative(), w.to(), w.to(), false);
    }

    private static Script replaced(Script script, int at, Step step) {
        List<Step> steps = new ArrayList<>(script.steps());
        Step before = steps.set(at, step);
        if (before instanceof Step.Out out
                && step instanceof Step.Quiet
                && out.when().isAny()) {
            steps.remove(at);
        }
        return script.with(script.name() + "@" + before.place() + " " + difference(before, step), steps);
    }

    private static String difference(Step before, Step after) {
        if (!(before instanceof Step.Out a) || !(after instanceof Step.Out b)) {
            return after.getClass().getSimpleName();
        }
        for (Layer l : a.packet().layers()) {
            Layer other = b.packet().layer(l.kind());
            for (String field : l.fields().keySet()) {
                if (other == null || l.get(field) != other.get(field)) {
                    return field;
                }
            }
        }
        return "time";
    }

    // ---- packets

    private static List<Step.Out> packets(Step.Out out) {
        List<Step.Out> all = new ArrayList<>();
        for (Layer l : out.packet().layers()) {
            for (Map.Entry<String, Value> e : l.fields().entrySet()) {
                Value other = other(e.getValue());
                if (other != null) {
                    Layer changed = l.with(e.getKey(), other);
                    all.add(new Step.Out(out.place(), out.when(), out.packet().with(l, changed)));
                }
            }
        }
        return all;
    }

    private static @Nullable Value other(Value v) {
        return switch (v) {
            case Value.Exact n -> new Value.Exact(n.value() + 1);
            case Value.Absolute a -> new Value.Absolute(a.value() + 1 & 0xFFFF_FFFFL);
            case Value.Between b
            when b.high() < Long.MAX_VALUE / 2 -> new Value.Between(b.high() + SECOND, b.high() + 2 * SECOND);
            case Value.Flags f -> new Value.Flags(f.set() ^ ACK, f.maybe());
            case Value.Bytes b -> new Value.Bytes(longer(b.bytes()));
            case Value.Pattern p -> {
                Value length = other(p.length());
                yield length == null ? null : new Value.Pattern(length);
            }
            default -> null;
        };
    }

    private static byte[] longer(byte[] b) {
        return java.util.Arrays.copyOf(b, b.length + 1);
    }

    // ---- calls

    private static @Nullable Step call(Step.CallStep step) {
        Call c = step.call();
        Call.Arg ret = c.ret();
        if (ret == null || ret.form() != Call.Form.WORD || ret.text().equals("*")) {
            return null;
        }
        boolean error = ret.text().startsWith("E");
        String wrong = error ? "4711" : "EHOSTDOWN";
        Call changed = new Call(
                c.name(),
                c.result(),
                c.args(),
                new Call.Arg(Call.Form.WORD, wrong, ret.place()),
                c.gives(),
                c.from(),
                c.place());
        return new Step.CallStep(step.place(), step.when(), changed);
    }
}
