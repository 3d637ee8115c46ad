package dev.netstack4j.testkit.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.testkit.kit.Verdict.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class JudgeTest {
    private record Number(int value, String apiVersion) implements Subject {
        @Override
        public String module() {
            return "number";
        }
    }

    private static final class NumberKit extends Kit<Number> {
        NumberKit() {
            super("NUM");
            rule(1, "0.1", "is even", (n, t) -> {
                t.event("looked at " + n.value);
                t.check(n.value % 2 == 0, n.value + " is odd");
            });
            rule(2, "0.3", "is small", (n, t) -> t.check(n.value < 10, n.value + " is not small"));
            rule(3, "0.1", "divides by three", (n, t) -> {
                t.assume(n.value != 0, "zero is not divided");
                t.checkEqual(0, n.value % 3, "rest");
            });
        }
    }

    private static final NumberKit KIT = new NumberKit();

    private static Verdict judge(int rule, int value, String api) {
        return Judge.judge(KIT.rule("NUM-" + rule), new Number(value, api), 7);
    }

    @Test
    void aRuleHoldsIsBrokenOrCannotBeJudged() {
        assertEquals(Outcome.HELD, judge(1, 2, "0.1.0").outcome());
        assertEquals(Outcome.BROKEN, judge(1, 3, "0.1.0").outcome());
        assertEquals("3 is odd", judge(1, 3, "0.1.0").reason());
        assertEquals(Outcome.SKIPPED, judge(3, 0, "0.1.0").outcome());
        assertEquals("zero is not divided", judge(3, 0, "0.1.0").reason());
        assertEquals("rest: expected 0, but was 1", judge(3, 4, "0.1.0").reason());
    }

    @Test
    void aRuleNewerThanTheModulesApiReportsWithoutFailing() {
        assertEquals(Outcome.BROKEN_BUT_NEWER, judge(2, 11, "0.2.9").outcome());
        assertEquals(Outcome.BROKEN, judge(2, 11, "0.3.0").outcome());
        assertEquals(Outcome.BROKEN, judge(2, 11, "1.0").outcome());
        assertEquals(Outcome.HELD, judge(2, 1, "0.2.9").outcome());
    }

    @Test
    void aModuleWithoutTheBuildsPropertiesIsHeldToEveryRule() {
        Subject s = () -> "nobody";
        assertTrue(KIT.rule("NUM-2").holdsIn(s.apiVersion()));
    }

    @Test
    void aFailureTellsTheLastTwentyEventsAndTheSeed() {
        Rule<Number> chatty = new Rule<>("X-1", "0.1", "is quiet", (n, t) -> {
            for (int i = 0; i < 30; i++) {
                t.event("event " + i);
            }
            throw new IllegalStateException("loud");
        });
        Verdict v = Judge.judge(chatty, new Number(1, "1.0"), 99);
        assertEquals(20, v.events().size());
        assertEquals("event 10", v.events().getFirst());
        assertTrue(v.describe().contains("seed 99"), v.describe());
        assertTrue(v.describe().contains("event 29"), v.describe());
        assertTrue(v.reason().contains("IllegalStateException: loud"), v.reason());
    }

    @Test
    void endingsRunInReverseAndFailTheRule() {
        List<String> order = new ArrayList<>();
        Rule<Number> r = new Rule<>("X-1", "0.1", "ends", (n, t) -> {
            t.atEnd(() -> order.add("first"));
            t.atEnd(() -> {
                order.add("second");
                throw new AssertionError("leaks");
            });
        });
        assertEquals("leaks", Judge.judge(r, new Number(1, "1.0"), 1).reason());
        assertEquals(List.of("second", "first"), order);
    }

    @Test
    void aSubjectThatNeverReturnsFails() {
        Rule<Number> r = new Rule<>("X-1", "0.1", "returns", (n, t) -> new CountDownLatch(1).await());
        assertTrue(Judge.judge(r, new Number(1, "1.0"), 1, 1).reason().contains("has not ended"));
    }

    @Test
    void equalSeedsDrawEqualNumbersAndOtherRulesOthers() {
        assertEquals(
                new Trial(5, "A-1").random().nextLong(),
                new Trial(5, "A-1").random().nextLong());
        assertTrue(new Trial(5, "A-1").random().nextLong()
                != new Trial(5, "A-2").random().nextLong());
        assertTrue(new Trial(6, "A-1").random().nextLong()
                != new Trial(5, "A-1").random().nextLong());
    }

    @Test
    void aNumberIsUsedOnce() {
        assertThrows(IllegalArgumentException.class, () -> new Kit<Number>("N") {
            {
                rule(1, "0.1", "a", (n, t) -> {});
                rule(1, "0.1", "b", (n, t) -> {});
            }
        });
    }

    /// Judged by hand below, not by JUnit.
    private static final class Shown extends ConformanceTest<Number> {
        private final int value;

        Shown(int value) {
            super(KIT);
            this.value = value;
        }

        @Override
        protected Number subject() {
            return new Number(value, "0.1.0");
        }
    }

    @Test
    void eachRuleIsATestNamedByNumberAndSentence() {
        List<DynamicTest> tests = new Shown(11).rules().toList();
        assertEquals(
                List.of("NUM-1 is even", "NUM-2 is small", "NUM-3 divides by three"),
                tests.stream().map(DynamicTest::getDisplayName).toList());
        AssertionFailedError e = assertThrows(
                AssertionFailedError.class, () -> tests.get(0).getExecutable().execute());
        assertTrue(e.getMessage().contains("mvn test -Dtest=Shown -Dnetstack.rule=NUM-1 -Dnetstack.seed=1"));
        assertTrue(e.getMessage().contains("looked at 11"));
        assertThrows(
                TestAbortedException.class, () -> tests.get(1).getExecutable().execute());
    }
}
