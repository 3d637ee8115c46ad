package dev.netstack4j.testkit.kit;

import java.util.ArrayList;
import java.util.List;

/// The conformance kit of one plug point: its rules in order. A kit judges only what the `api` Javadoc says.
///
/// @param <S> what is judged
public abstract class Kit<S extends Subject> {
    private final String prefix;
    private final List<Rule<S>> rules = new ArrayList<>();

    /// @param prefix of the rules' numbers, for example `QDISC`
    protected Kit(String prefix) {
        this.prefix = prefix;
    }

    /// Adds a rule.
    ///
    /// @param number   after the prefix; a number is never used again for something else
    /// @param since    the api version from which on the rule holds
    /// @param sentence what a correct implementation does
    protected final void rule(int number, String since, String sentence, Rule.Check<S> check) {
        String id = prefix + "-" + number;
        for (Rule<S> r : rules) {
            if (r.id().equals(id)) {
                throw new IllegalArgumentException("there is a rule " + id + " already: " + r.sentence());
            }
        }
        rules.add(new Rule<>(id, since, sentence, check));
    }

    /// Prefix of the rules' numbers.
    public final String prefix() {
        return prefix;
    }

    /// Its rules, in order.
    public final List<Rule<S>> rules() {
        return List.copyOf(rules);
    }

    /// The rule with that number.
    public final Rule<S> rule(String id) {
        return rules.stream()
                .filter(r -> r.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the kit " + prefix + " has no rule " + id));
    }
}
