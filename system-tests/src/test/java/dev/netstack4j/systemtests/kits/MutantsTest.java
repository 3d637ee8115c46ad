package dev.netstack4j.systemtests.kits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.stack.AssemblyException;
import dev.netstack4j.testkit.kit.Judge;
import dev.netstack4j.testkit.kit.Kit;
import dev.netstack4j.testkit.kit.Rule;
import dev.netstack4j.testkit.kit.Subject;
import dev.netstack4j.testkit.kit.Verdict;
import dev.netstack4j.testkit.kit.Verdict.Outcome;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/// Tests a kit: every mutant breaks the rule named for it, and the same implementation without a defect holds every
/// rule. At night for a thousand seeds; the system properties `netstack.seed` and `netstack.seeds` choose others.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class MutantsTest<S extends Subject> {
    private static final int SEEDS = 1;
    private static final int NIGHTLY_SEEDS = Integer.getInteger("netstack.seeds", 1000);

    private final Kit<S> kit;
    private final int atLeast;
    private int killed;
    private int judged;

    /// @param atLeast how many mutants the kit must have
    protected MutantsTest(Kit<S> kit, int atLeast) {
        this.kit = kit;
        this.atLeast = atLeast;
    }

    /// An implementation without a defect.
    protected abstract S correct();

    /// Correct ones, of which each rule must be held by one and broken by none: several where no single one can be
    /// judged by all rules.
    protected List<S> correctOnes() {
        return List.of(correct());
    }

    /// The broken ones.
    protected abstract List<Mutant<S>> mutants();

    /// Whether a stack that cannot be assembled is a way to notice a defect.
    protected boolean diesInAssembly() {
        return false;
    }

    @Test
    final void thereAreEnoughMutants() {
        assertTrue(mutants().size() >= atLeast, () -> mutants().size() + " mutants, wanted " + atLeast);
    }

    @TestFactory
    final Stream<DynamicTest> everyMutantIsKilled() {
        return mutants().stream()
                .map(m -> DynamicTest.dynamicTest(m.ruleId() + " kills one that " + m.defect(), () -> kill(m)));
    }

    private void kill(Mutant<S> m) {
        judged++;
        Verdict v = Judge.judge(kit.rule(m.ruleId()), m.subject().get(), 1);
        assertEquals(
                Outcome.BROKEN,
                v.outcome(),
                () -> m.ruleId() + " did not notice one that " + m.defect() + ": " + v.describe());
        assertTrue(
                diesInAssembly() || !(v.cause() instanceof AssemblyException),
                () -> m.ruleId() + " never saw one that " + m.defect() + " at work: " + v.describe());
        killed++;
    }

    @AfterAll
    final void printScore() {
        if (judged > 0) {
            System.out.println("kit " + kit.prefix() + ": " + killed + " of " + judged + " mutants killed by the rule"
                    + " named for them, " + kit.rules().size() + " rules");
        }
    }

    @TestFactory
    final Stream<DynamicTest> theCorrectOneHoldsEveryRule() {
        return holds(1, SEEDS);
    }

    @TestFactory
    @Tag("nightly")
    final Stream<DynamicTest> theCorrectOneHoldsEveryRuleForAThousandSeeds() {
        return holds(Long.getLong("netstack.seed", 1), NIGHTLY_SEEDS);
    }

    private Stream<DynamicTest> holds(long first, int seeds) {
        return kit.rules().stream()
                .map(r -> DynamicTest.dynamicTest(
                        r.toString(),
                        () -> LongStream.range(first, first + seeds).forEach(seed -> hold(r, seed))));
    }

    private void hold(Rule<S> rule, long seed) {
        boolean held = false;
        for (S correct : correctOnes()) {
            Verdict v = Judge.judge(rule, correct, seed);
            boolean fine = v.outcome() == Outcome.HELD || v.outcome() == Outcome.SKIPPED;
            assertTrue(fine, () -> rule + ": " + v.describe());
            held |= v.outcome() == Outcome.HELD;
        }
        assertTrue(held, () -> rule + " could be judged with no correct subject");
    }
}
