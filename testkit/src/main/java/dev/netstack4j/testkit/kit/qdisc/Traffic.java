package dev.netstack4j.testkit.kit.qdisc;

import dev.netstack4j.testkit.kit.Trial;
import java.util.List;
import java.util.SplittableRandom;

/// Random traffic through a qdisc: packets of some flows come, some are asked for, time passes.
final class Traffic {
    private static final int FLOWS = 5;
    private static final long LONGEST_PAUSE_NANOS = 5_000_000L;

    private final QdiscBench bench;
    private final SplittableRandom random;
    private final int[] priorities = new int[FLOWS];

    Traffic(QdiscBench bench, Trial trial) {
        this(bench, trial.random().nextLong());
    }

    /// @param seed the same one gives the same traffic
    Traffic(QdiscBench bench, long seed) {
        this.bench = bench;
        this.random = new SplittableRandom(seed);
        for (int f = 0; f < FLOWS; f++) {
            priorities[f] = random.nextInt(16);
        }
    }

    /// What a rule looks at.
    interface Watcher {
        /// A packet was given to the qdisc.
        default void enqueued(Parcel p, int result) {}

        /// Packets were asked for and came.
        default void dequeued(int maxPackets, int maxBytes, List<Parcel> given) {}

        /// One of both has happened, or time has passed.
        default void stepped() {}
    }

    Parcel next() {
        int flow = random.nextInt(FLOWS);
        return bench.make(flow, priorities[flow], random.nextInt(Frames.LEAST, 1515));
    }

    /// Without looking.
    void run(int steps) {
        run(steps, new Watcher() {});
    }

    void run(int steps, Watcher watcher) {
        for (int i = 0; i < steps; i++) {
            step(watcher);
            watcher.stepped();
        }
    }

    /// Lets time pass, and has the qdisc asked when its watchdog fires.
    private void pass(long nanos, Watcher watcher) {
        if (bench.advanceToWatchdog(nanos)) {
            watcher.dequeued(8, 128 << 10, bench.dequeue(8, 128 << 10));
        }
    }

    private void step(Watcher watcher) {
        int what = random.nextInt(100);
        if (what < 60) {
            Parcel p = next();
            watcher.enqueued(p, bench.enqueue(p));
        } else if (what < 92) {
            int packets = random.nextInt(1, 9);
            int bytes = random.nextInt(1, 6000);
            watcher.dequeued(packets, bytes, bench.dequeue(packets, bytes));
        } else {
            pass(random.nextLong(LONGEST_PAUSE_NANOS), watcher);
        }
    }
}
