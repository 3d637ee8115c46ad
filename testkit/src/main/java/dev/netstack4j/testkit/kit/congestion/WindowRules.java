package dev.netstack4j.testkit.kit.congestion;

import dev.netstack4j.testkit.kit.Trial;
import java.util.SplittableRandom;

/// How the window grows and shrinks.
final class WindowRules {
    private static final int STEPS = 400;
    private static final long RTT = 20_000_000L;

    private WindowRules() {}

    static void thresholdIsAtLeastTwo(CongestionBench bench, Trial trial) {
        for (int window : new int[] {1, 2, 3, 4, 5, 10, 1000, 1_000_000}) {
            Connection c = bench.connect().at(window, Math.max(2, window), RTT);
            int threshold = c.control.ssthresh(c);
            trial.check(threshold >= 2, "threshold " + threshold + " after a loss at a window of " + window);
        }
    }

    static void thresholdIsBelowTheWindow(CongestionBench bench, Trial trial) {
        for (int window : new int[] {3, 4, 5, 10, 77, 1000, 1_000_000}) {
            Connection c = bench.connect().at(window, Math.max(2, window), RTT);
            int threshold = c.control.ssthresh(c);
            trial.check(threshold < window, "threshold " + threshold + " after a loss at a window of " + window);
        }
    }

    static void askingForTheThresholdSetsNothing(CongestionBench bench, Trial trial) {
        Connection c = bench.connect();
        Episodes life = new Episodes(trial.random().nextLong());
        for (int i = 0; i < STEPS; i++) {
            life.step(c);
            int window = c.cwnd();
            int threshold = c.ssthresh();
            c.control.ssthresh(c);
            trial.checkEqual(window, c.cwnd(), "window after ssthresh()");
            trial.checkEqual(threshold, c.ssthresh(), "threshold of the state after ssthresh()");
        }
    }

    static void growsByNoMoreThanWasAcknowledged(CongestionBench bench, Trial trial) {
        each(
                bench,
                trial,
                (before, c, acked) -> trial.check(
                        c.cwnd() - before <= acked,
                        "grew from " + before + " to " + c.cwnd() + " when " + acked + " packets were acknowledged"));
    }

    static void acknowledgementsNeverShrinkTheWindow(CongestionBench bench, Trial trial) {
        each(
                bench,
                trial,
                (before, c, acked) -> trial.check(
                        c.cwnd() >= before, "shrank from " + before + " to " + c.cwnd() + " at an acknowledgement"));
    }

    private interface Growth {
        void check(int before, Connection c, int acked);
    }

    private static void each(CongestionBench bench, Trial trial, Growth growth) {
        SplittableRandom random = trial.random();
        Episodes life = new Episodes(random.nextLong());
        Connection c = bench.connect();
        for (int i = 0; i < STEPS; i++) {
            life.step(c);
            int before = c.cwnd();
            int acked = random.nextInt(1, 1 + Math.min(before, 40));
            c.pass(random.nextLong(1, RTT));
            c.acknowledged(acked, RTT);
            growth.check(before, c, acked);
        }
    }

    static void slowStartGrowsByEachRound(CongestionBench bench, Trial trial) {
        Connection c = bench.connect().at(Connection.INITIAL, Connection.NO_THRESHOLD, RTT);
        for (int round = 0; round < 5; round++) {
            int before = c.cwnd();
            c.round();
            trial.check(
                    c.cwnd() >= before + before / 2,
                    "grew from " + before + " to " + c.cwnd() + " only, in a round below its threshold");
        }
    }

    static void slowStartEndsAtTheThreshold(CongestionBench bench, Trial trial) {
        for (int threshold : new int[] {11, 16, 64, 100}) {
            Connection c = bench.connect().at(Connection.INITIAL, threshold, RTT);
            while (c.cwnd() < threshold) {
                int before = c.cwnd();
                c.pass(RTT / 10);
                c.acknowledged(Math.min(before, 10), RTT);
            }
            int most = threshold + 2 + threshold / 10;
            trial.check(c.cwnd() <= most, "stepped over its threshold of " + threshold + " to " + c.cwnd());
            c.round();
            trial.check(
                    c.cwnd() < threshold + threshold * 6 / 10 + 2,
                    "grew to " + c.cwnd() + " in the first round above its threshold of " + threshold);
        }
    }

    static void growsAboveTheThreshold(CongestionBench bench, Trial trial) {
        Connection c = bench.connect().at(100, 100, RTT);
        c.lost();
        int after = c.cwnd();
        for (int round = 0; round < 600; round++) {
            c.round();
        }
        trial.check(c.cwnd() > after, "stands still at " + after + " packets for 600 rounds after a loss");
    }

    static void undoReturnsToTheWindowBeforeTheLoss(CongestionBench bench, Trial trial) {
        Connection c = bench.connect();
        Episodes life = new Episodes(trial.random().nextLong());
        for (int i = 0; i < STEPS; i++) {
            life.step(c);
            if (c.cwnd() < 4) {
                continue;
            }
            int before = c.cwnd();
            c.lost();
            int undone = c.control.undoCwnd(c);
            trial.check(
                    undone >= c.cwnd() && undone <= before,
                    "would return to " + undone + ", where the window was " + before + " before the loss and is "
                            + c.cwnd());
        }
    }
}
