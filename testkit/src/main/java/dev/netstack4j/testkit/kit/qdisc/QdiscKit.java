package dev.netstack4j.testkit.kit.qdisc;

import dev.netstack4j.testkit.kit.Kit;
import dev.netstack4j.testkit.kit.Trial;
import java.util.function.Predicate;

/// The rules for qdiscs; see [QdiscSubject] for how to have a qdisc judged. A rule is judged with every set of options
/// that the subject names, if it applies to it.
public final class QdiscKit extends Kit<QdiscSubject> {
    private static final String SINCE = "0.1";

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
        twins(8, "drains in the order in which packets would leave", DequeueRules::leavesInTheOrderOfDrain);
        each(9, "says exactly how many packets it holds", AccountRules::lengthIsExact);
        each(10, "says exactly how many bytes it holds", AccountRules::backlogIsExact);
        each(11, "is empty after reset", AccountRules::resetEmpties);
    }

    /// Judges one qdisc.
    private interface OnBench {
        void judge(QdiscBench bench, Trial trial) throws Exception;
    }

    /// Judges with benches of its own.
    private interface OnSetup {
        void judge(QdiscSubject subject, QdiscSetup setup, Trial trial) throws Exception;
    }

    private void each(int number, String sentence, OnBench check) {
        only(number, sentence, s -> true, check);
    }

    private void only(int number, String sentence, Predicate<QdiscSetup> applies, OnBench check) {
        setups(number, sentence, applies, (q, s, t) -> check.judge(new QdiscBench(q, s, t), t));
    }

    private void twins(int number, String sentence, OnSetup check) {
        setups(number, sentence, s -> !s.isRandom(), check);
    }

    private void setups(int number, String sentence, Predicate<QdiscSetup> applies, OnSetup check) {
        rule(number, SINCE, sentence, (subject, trial) -> {
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
