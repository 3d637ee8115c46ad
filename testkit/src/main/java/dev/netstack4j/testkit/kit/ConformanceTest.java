package dev.netstack4j.testkit.kit;

import dev.netstack4j.testkit.kit.Verdict.Outcome;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.AssertionFailedError;

/// The JUnit face of a kit: one test a rule, named by the rule's number and sentence. Extension authors extend the
/// class of their plug point (`QdiscConformance`, `NicDriverConformance` ...) and say what is judged:
/// ```java
/// class TbfConformanceTest extends QdiscConformance {
///     @Override
///     protected QdiscSubject subject() { ... }
/// }
/// ```
/// System properties: `netstack.seed` is the first seed (default 1), `netstack.seeds` how many are tried (default 1; of
/// a subject in real time one is), `netstack.rule` judges one rule only.
///
/// @param <S> what is judged
public abstract class ConformanceTest<S extends Subject> {
    private final Kit<S> kit;

    /// @param kit the rules
    protected ConformanceTest(Kit<S> kit) {
        this.kit = kit;
    }

    /// What is judged; asked anew for each trial.
    protected abstract S subject() throws Exception;

    /// The rules as tests.
    @TestFactory
    final Stream<DynamicTest> rules() {
        String only = System.getProperty("netstack.rule", "");
        return kit.rules().stream()
                .filter(r -> only.isEmpty() || r.id().equals(only))
                .map(r -> DynamicTest.dynamicTest(r.toString(), () -> judge(r)));
    }

    private void judge(Rule<S> rule) throws Exception {
        long first = Long.getLong("netstack.seed", 1L);
        int seeds = subject().isInRealTime() ? 1 : Integer.getInteger("netstack.seeds", 1);
        for (int i = 0; i < seeds; i++) {
            show(rule, Judge.judge(rule, subject(), first + i));
        }
    }

    private void show(Rule<S> rule, Verdict verdict) {
        if (verdict.outcome() == Outcome.SKIPPED) {
            Assumptions.abort(verdict.reason());
        }
        if (verdict.outcome() == Outcome.BROKEN_BUT_NEWER) {
            String report = "breaks " + rule + " (holds since api " + rule.since() + ", newer than this module's): "
                    + verdict.reason();
            // Build tools are silent about why a test was skipped.
            System.getLogger(getClass().getName()).log(System.Logger.Level.WARNING, report);
            Assumptions.abort(report);
        }
        if (verdict.outcome() == Outcome.BROKEN) {
            throw new AssertionFailedError(
                    rule + "\n" + verdict.describe() + "\nreplay: " + replay(rule, verdict.seed()), verdict.cause());
        }
    }

    private String replay(Rule<S> rule, long seed) {
        return "mvn test -Dtest=" + getClass().getSimpleName() + " -Dnetstack.rule=" + rule.id() + " -Dnetstack.seed="
                + seed;
    }
}
