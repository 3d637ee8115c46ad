package dev.netstack4j.testkit.kit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came of judging one rule.
///
/// @param ruleId  which rule
/// @param outcome how it ended
/// @param seed    of the trial
/// @param reason  why it was skipped or failed; empty when the rule held
/// @param cause   what was thrown, if anything
/// @param events  the last that happened before the end
public record Verdict(
        String ruleId,
        Outcome outcome,
        long seed,
        String reason,
        @Nullable Throwable cause,
        List<String> events) {
    /// How a trial ended.
    public enum Outcome {
        /// The rule held.
        HELD,
        /// The subject breaks the rule.
        BROKEN,
        /// The subject breaks a rule that is newer than the api it was built against.
        BROKEN_BUT_NEWER,
        /// The rule could not be judged.
        SKIPPED
    }

    /// Several lines for people: what was seen, the seed, and the last events.
    public String describe() {
        StringBuilder s = new StringBuilder(reason).append("\nseed ").append(seed);
        if (!events.isEmpty()) {
            s.append("\nlast events:");
            events.forEach(e -> s.append("\n  ").append(e));
        }
        return s.toString();
    }
}
