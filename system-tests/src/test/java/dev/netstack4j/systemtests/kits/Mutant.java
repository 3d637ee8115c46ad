package dev.netstack4j.systemtests.kits;

import dev.netstack4j.testkit.kit.Subject;
import java.util.function.Supplier;

/// A subject with one defect.
///
/// @param defect  what it does wrong, as a sentence
/// @param ruleId  the rule that must find it
/// @param subject makes it anew
public record Mutant<S extends Subject>(String defect, String ruleId, Supplier<S> subject) {}
