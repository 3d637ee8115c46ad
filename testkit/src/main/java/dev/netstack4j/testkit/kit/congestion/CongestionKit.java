package dev.netstack4j.testkit.kit.congestion;

import dev.netstack4j.testkit.kit.Kit;
import dev.netstack4j.testkit.kit.Trial;

/// The rules for congestion controls; see [CongestionSubject] for how to have one judged.
public final class CongestionKit extends Kit<CongestionSubject> {
    private static final String FIRST = "0.1";
    private static final String SECOND = "0.2";

    /// All rules.
    public CongestionKit() {
        super("CC");
        each(1, FIRST, "has a threshold of at least 2 after a loss", WindowRules::thresholdIsAtLeastTwo);
        rule(2, SECOND, "has a threshold below the window after a loss", (s, t) -> {
            t.assume(s.reactsToLoss(), s.name() + " is declared not to react to losses");
            WindowRules.thresholdIsBelowTheWindow(new CongestionBench(s, t), t);
        });
        each(
                3,
                SECOND,
                "sets nothing when it is asked for the threshold",
                WindowRules::askingForTheThresholdSetsNothing);
        each(4, SECOND, "grows by no more than was acknowledged", WindowRules::growsByNoMoreThanWasAcknowledged);
        each(
                5,
                FIRST,
                "never shrinks the window at an acknowledgement",
                WindowRules::acknowledgementsNeverShrinkTheWindow);
        each(6, SECOND, "grows by half at least in a round of slow start", WindowRules::slowStartGrowsByEachRound);
        each(7, SECOND, "ends slow start at the threshold", WindowRules::slowStartEndsAtTheThreshold);
        each(8, FIRST, "grows above the threshold", WindowRules::growsAboveTheThreshold);
        each(
                9,
                SECOND,
                "returns to no more than the window before the loss",
                WindowRules::undoReturnsToTheWindowBeforeTheLoss);
        each(10, SECOND, "takes any event at any time", LifeRules::takesAnyEventAtAnyTime);
        each(11, SECOND, "works with windows and round trips of any size", LifeRules::worksAtTheEdges);
        each(12, FIRST, "gives each connection its own state", LifeRules::connectionsShareNothing);
        each(13, SECOND, "takes the time from the connection alone", LifeRules::dependsOnItsCallsAlone);
        each(14, SECOND, "makes no objects for an acknowledgement", LifeRules::makesNoObjects);
        each(15, SECOND, "never waits", LifeRules::neverWaits);
        rule(16, FIRST, "is chosen by its name", TransferRules::isChosenByName);
        rule(17, SECOND, "completes transfers in spite of losses", TransferRules::completesInSpiteOfLosses);
        rule(18, SECOND, "uses a link that is free", TransferRules::usesTheLink);
        rule(19, SECOND, "leaves an equal its share", TransferRules::leavesOthersTheirShare);
    }

    private interface OnBench {
        void judge(CongestionBench bench, Trial trial);
    }

    private void each(int number, String since, String sentence, OnBench check) {
        rule(number, since, sentence, (s, t) -> check.judge(new CongestionBench(s, t), t));
    }
}
