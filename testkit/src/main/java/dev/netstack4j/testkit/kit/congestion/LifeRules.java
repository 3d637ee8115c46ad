package dev.netstack4j.testkit.kit.congestion;

import dev.netstack4j.api.congestion.CongestionControl.Event;
import dev.netstack4j.testkit.kit.Trial;
import dev.netstack4j.testkit.kit.measure.ThreadMeter;
import java.util.SplittableRandom;

/// What a congestion control may be told, what it may use, and what connections share.
final class LifeRules {
    private static final int STEPS = 500;
    private static final int WARM_UP = 3000;
    private static final long LATER_NANOS = 4_000_000_000_000_000_000L; // later than any clock of the JVM shows

    private LifeRules() {}

    static void takesAnyEventAtAnyTime(CongestionBench bench, Trial trial) {
        SplittableRandom random = trial.random();
        new Connection(bench.ops.create(), trial, 0).acknowledged(1, -1);
        Connection c = new Connection(bench.ops.create(), trial, 0);
        for (int i = 0; i < STEPS; i++) {
            switch (random.nextInt(8)) {
                case 0 -> c.control.init(c);
                case 1 -> c.control.ssthresh(c);
                case 2 -> c.control.congAvoid(c, random.nextInt(100));
                case 3 -> c.control.undoCwnd(c);
                case 4 -> c.control.pktsAcked(c, random.nextInt(100), random.nextInt(3) - 1L);
                case 5 -> c.pass(random.nextLong(5_000_000_000L));
                default -> c.control.event(c, Event.values()[random.nextInt(Event.values().length)]);
            }
            trial.check(c.cwnd() >= 1 && c.ssthresh() >= 2, "left a window of " + c.cwnd());
            c.at(Math.min(c.cwnd(), 10_000), c.ssthresh(), random.nextInt(3) * 30_000_000L);
        }
    }

    static void worksAtTheEdges(CongestionBench bench, Trial trial) {
        int[] windows = {1, 2, 1 << 20, 1 << 28, (1 << 30) - 1};
        for (int window : windows) {
            for (long rtt : new long[] {0, 1, 1000, 300_000_000_000L}) {
                edge(bench.connect().at(window, Math.max(2, window / 2), rtt), trial, window);
                edge(bench.connect().at(window, Connection.NO_THRESHOLD, rtt), trial, window);
            }
        }
    }

    private static void edge(Connection c, Trial trial, int window) {
        c.acknowledged(Math.min(window, 1 << 16), -1);
        trial.check(c.cwnd() >= window, "window " + window + " became " + c.cwnd());
        c.pass(3_600_000_000_000L);
        c.acknowledged(1, -1);
        trial.check(c.cwnd() >= window, "window " + window + " became " + c.cwnd() + " after an hour");
        c.control.congAvoid(c, 0);
        c.lost();
        trial.check(c.control.undoCwnd(c) >= c.cwnd(), "undo below the present window of " + c.cwnd());
        c.timedOut();
        c.round();
        trial.check(c.cwnd() >= 1, "a window of " + c.cwnd());
    }

    static void connectionsShareNothing(CongestionBench bench, Trial trial) {
        long seed = trial.random().nextLong();
        Connection alone = bench.connect();
        new Episodes(seed).run(alone, STEPS);
        Connection beside = bench.connect();
        Connection other = bench.connect();
        Episodes life = new Episodes(seed);
        Episodes noise = new Episodes(seed + 1);
        for (int i = 0; i < STEPS; i++) {
            life.step(beside);
            noise.step(other);
        }
        trial.check(beside.control != other.control, "gives two connections the same object");
        trial.checkEqual(alone.windows, beside.windows, "windows of a connection that has another one beside it");
    }

    static void dependsOnItsCallsAlone(CongestionBench bench, Trial trial) {
        long seed = trial.random().nextLong();
        Connection first = bench.connect();
        Connection later = bench.connect(LATER_NANOS);
        new Episodes(seed).run(first, STEPS);
        new Episodes(seed).run(later, STEPS);
        trial.checkEqual(first.windows, later.windows, "windows of the same connection at a later time");
    }

    static void makesNoObjects(CongestionBench bench, Trial trial) {
        Connection c = bench.connect().at(100, 50, 20_000_000L);
        acknowledge(c);
        long bytes = Long.MAX_VALUE;
        for (int round = 0; round < 5 && bytes >= WARM_UP * 4L; round++) {
            long before = ThreadMeter.allocatedBytes();
            acknowledge(c);
            bytes = ThreadMeter.allocatedBytes() - before;
        }
        trial.check(bytes < WARM_UP * 4L, "allocates " + bytes / (double) WARM_UP + " bytes for each acknowledgement");
    }

    private static void acknowledge(Connection c) {
        for (int i = 0; i < WARM_UP; i++) {
            c.pass(1_000_000);
            c.control.pktsAcked(c, 2, 20_000_000L);
            c.control.congAvoid(c, 2);
            c.at(100, 50, 20_000_000L);
        }
    }

    static void neverWaits(CongestionBench bench, Trial trial) {
        long before = ThreadMeter.waits();
        new Episodes(trial.random().nextLong()).run(bench.connect(), STEPS);
        trial.checkEqual(0L, ThreadMeter.waits() - before, "times that the thread waited within calls");
    }
}
