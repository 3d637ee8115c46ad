package dev.netstack4j.testkit.kit.qdisc;

import dev.netstack4j.testkit.kit.Kit;
import dev.netstack4j.testkit.kit.Trial;
import java.util.function.Predicate;

/// The rules for qdiscs; see [QdiscSubject] for how to have a qdisc judged. A rule is judged with every set of options
/// that the subject names, if it applies to it.
public final class QdiscKit extends Kit<QdiscSubject> {
    private static final String FIRST = "0.1";
    private static final String SECOND = "0.2";
    private static final int RULES_OF_FIRST = 11;

    /// All rules.
    public QdiscKit() {
        super("QDISC");
        each(1, "gives or drops every packet, and each once", AccountRules::everyPacketEndsOnce);
        each(2, "tells by its result whether it kept the packet", AccountRules::saysWhetherItKeptThePacket);
        each(3, "moves at most as many packets as are asked for", DequeueRules::movesAtMostThatManyPackets);
        each(4, "ends when the bytes asked for are reached", DequeueRules::endsWhenTheBytesAreReached);
        each(5, "appends to the list and says how many", DequeueRules::appendsAndCounts);
        only(6, "keeps the order of each flow", s -> !s.mayReorder(), DequeueRules::keepsTheOrderOfEachFlow);
        only(7, "gives one while it has one", s -> !s.mayHoldBack(), DequeueRules::givesOneWhileItHasOne);
        setups(
                8,
                "drains in the order in which packets would leave",
                QdiscKit::withoutChance,
                DequeueRules::leavesInTheOrderOfDrain);
        each(9, "says exactly how many packets it holds", AccountRules::lengthIsExact);
        each(10, "says exactly how many bytes it holds", AccountRules::backlogIsExact);
        each(11, "is empty after reset", AccountRules::resetEmpties);
        each(12, "tells that it dropped another packet", EnqueueRules::tellsThatItDroppedAnother);
        setups(
                13,
                "holds as much as its limit and no more",
                QdiscSetup::isLimited,
                (q, s, t) -> EnqueueRules.holdsItsLimitAndNoMore(new QdiscBench(q, s, t), s, t));
        each(14, "takes or drops any packet", EnqueueRules::takesAnyPacket);
        each(15, "changes nothing of a packet", EnqueueRules::changesNothingOfAPacket);
        each(16, "works when memory is used up", EnqueueRules::worksWithoutMemory);
        each(17, "forgets a packet that it gave", EnqueueRules::forgetsWhatItGave);
        timeRules();
        controlRules();
        houseRules();
    }

    private void timeRules() {
        Predicate<QdiscSetup> rate = s -> s.bytesPerSecond() > 0;
        only(18, "arms its watchdog when it holds all back", QdiscSetup::mayHoldBack, TimeRules::armsItsWatchdog);
        setups(
                19,
                "is woken at the first instant at which one may leave",
                s -> s.mayHoldBack() && !s.isRandom(),
                TimeRules::wakesAtTheFirstInstant);
        setups(
                20,
                "gives no more than its rate",
                rate,
                (q, s, t) -> TimeRules.keepsToItsRate(new QdiscBench(q, s, t), s, t));
        setups(
                21,
                "gives as much as its rate",
                rate,
                (q, s, t) -> TimeRules.reachesItsRate(new QdiscBench(q, s, t), s, t));
        only(22, "takes its request back on reset", QdiscSetup::mayHoldBack, TimeRules::takesItsRequestBack);
        setups(23, "is as new after reset", QdiscKit::withoutChance, TimeRules::isAsNewAfterReset);
    }

    private void controlRules() {
        Predicate<QdiscSetup> changes = s -> !s.changes().isEmpty();
        rule(
                24,
                SECOND,
                "gives a lone packet at once when it says that it can be passed by",
                ControlRules::maySkipAnEmptyQdisc);
        setups(25, "loses no packet when it is changed", changes, ControlRules::changesWithoutLoss);
        setups(26, "works by its new options", changes, ControlRules::worksByItsNewOptions);
        setups(27, "refuses a change that it is not able to", changes.negate(), ControlRules::refusesToChange);
        setups(
                28,
                "stays as it was when it refuses a change",
                changes.and(QdiscKit::withoutChance),
                ControlRules::staysAsItWasWhenItRefuses);
        rule(29, SECOND, "refuses options that make no sense", ControlRules::refusesOptionsThatMakeNoSense);
        setups(
                30,
                "describes itself in one line, which changes nothing",
                QdiscKit::any,
                ControlRules::describesItselfInOneLine);
    }

    private void houseRules() {
        each(31, "keeps no CPU", HouseRules::keepsNoCpu);
        each(32, "never waits", HouseRules::neverWaits);
        each(33, "makes no objects for a packet", HouseRules::makesNoObjects);
        setups(34, "takes time and chance from what it injects", QdiscKit::any, HouseRules::dependsOnItsCallsAlone);
        setups(35, "shares nothing with another one", QdiscKit::withoutChance, HouseRules::sharesNothingWithAnother);
    }

    private static boolean any(QdiscSetup setup) {
        return true;
    }

    private static boolean withoutChance(QdiscSetup setup) {
        return !setup.isRandom();
    }

    /// Judges one qdisc.
    private interface OnBench {
        void judge(QdiscBench bench, Trial trial) throws Exception;
    }

    /// Judges with qdiscs that it makes.
    private interface OnSetup {
        void judge(QdiscSubject subject, QdiscSetup setup, Trial trial) throws Exception;
    }

    private void each(int number, String sentence, OnBench check) {
        only(number, sentence, QdiscKit::any, check);
    }

    private void only(int number, String sentence, Predicate<QdiscSetup> applies, OnBench check) {
        setups(number, sentence, applies, (q, s, t) -> check.judge(new QdiscBench(q, s, t), t));
    }

    private void setups(int number, String sentence, Predicate<QdiscSetup> applies, OnSetup check) {
        rule(number, number <= RULES_OF_FIRST ? FIRST : SECOND, sentence, (subject, trial) -> {
            boolean judged = false;
            for (QdiscSetup s : subject.setups()) {
                if (applies.test(s)) {
                    check.judge(subject, s, trial);
                    judged = true;
                }
            }
            trial.assume(judged, "no setup of " + subject.kind() + " is declared to be such that this can be judged");
        });
    }
}
