package dev.netstack4j.testkit.kit.qdisc;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.testkit.kit.Trial;
import dev.netstack4j.testkit.kit.measure.LeasedCpu;
import dev.netstack4j.testkit.kit.measure.ThreadMeter;
import java.util.ArrayList;
import java.util.List;

/// What holds for everything on the data path: where time, chance and the CPU come from, no waiting, no garbage,
/// nothing shared.
final class HouseRules {
    private static final int STEPS = 300;
    private static final int WARM_UP = 1000;
    private static final long LATER_NANOS = 4_000_000_000_000_000_000L; // later than any clock of the JVM shows
    private static final int MEASURED = 500;

    private HouseRules() {}

    static void keepsNoCpu(QdiscBench bench, Trial trial) {
        Traffic traffic = new Traffic(bench, trial);
        for (int i = 0; i < STEPS; i++) {
            try (LeasedCpu cpu = new LeasedCpu(bench.host.clock())) {
                Parcel p = traffic.next();
                bench.enqueue(p, bench.skb(p), cpu);
            }
            if (i % 3 > 0) {
                SkBuffQueue into = new SkBuffQueue();
                try (LeasedCpu cpu = new LeasedCpu(bench.host.clock())) {
                    bench.qdisc.dequeue(into, 2, 3000, cpu);
                }
                bench.take(into);
            }
            bench.advanceToWatchdog(trial.random().nextLong(500_000));
        }
        try (LeasedCpu cpu = new LeasedCpu(bench.host.clock())) {
            bench.qdisc.reset(cpu);
        }
    }

    static void neverWaits(QdiscBench bench, Trial trial) {
        long before = ThreadMeter.waits();
        new Traffic(bench, trial).run(STEPS);
        bench.reset();
        trial.checkEqual(0L, ThreadMeter.waits() - before, "times that the thread waited within calls");
    }

    static void makesNoObjects(QdiscBench bench, Trial trial) {
        bench.host.ledger().listener(null);
        cycles(bench, WARM_UP);
        long bytes = Long.MAX_VALUE;
        for (int round = 0; round < 5 && bytes >= MEASURED * 4L; round++) {
            bytes = cycles(bench, MEASURED);
        }
        trial.check(
                bytes < MEASURED * 4L,
                "allocates " + bytes / (double) MEASURED + " bytes of the Java heap for each packet");
    }

    /// @return bytes that enqueue and dequeue allocated
    private static long cycles(QdiscBench bench, int count) {
        SkBuffQueue into = new SkBuffQueue();
        byte[] bytes = Frames.udp(1, 1, 200);
        long allocated = 0;
        for (int i = 0; i < count; i++) {
            SkBuff skb = bench.host.packet(bytes);
            skb.priority(i % 16);
            long before = ThreadMeter.allocatedBytes();
            bench.qdisc.enqueue(skb, bench.host.cpu());
            bench.qdisc.dequeue(into, 4, 6000, bench.host.cpu());
            allocated += ThreadMeter.allocatedBytes() - before;
            into.consumeAll(bench.own(), bench.host.cpu());
            bench.advance(20_000);
        }
        bench.reset();
        return allocated;
    }

    static void dependsOnItsCallsAlone(QdiscSubject subject, QdiscSetup setup, Trial trial) throws NetException {
        long seed = trial.random().nextLong();
        List<Log> logs = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            QdiscBench bench = new QdiscBench(subject, setup, trial, i * LATER_NANOS);
            Log log = new Log(bench);
            new Traffic(bench, seed).run(STEPS, log);
            logs.add(log);
        }
        trial.checkEqual("", Log.difference(logs.get(0), logs.get(1)), "difference between two runs of the same calls");
    }

    static void sharesNothingWithAnother(QdiscSubject subject, QdiscSetup setup, Trial trial) throws NetException {
        long seed = trial.random().nextLong();
        QdiscBench alone = new QdiscBench(subject, setup, trial);
        QdiscBench beside = new QdiscBench(subject, setup, trial);
        QdiscBench other = new QdiscBench(beside, setup);
        Traffic noise = new Traffic(other, seed + 1);
        Log a = new Log(alone);
        Log b = new Log(beside);
        new Traffic(alone, seed).run(STEPS, a);
        new Traffic(beside, seed).run(STEPS, new Traffic.Watcher() {
            @Override
            public void enqueued(Parcel p, int result) {
                b.enqueued(p, result);
            }

            @Override
            public void dequeued(int maxPackets, int maxBytes, List<Parcel> given) {
                b.dequeued(maxPackets, maxBytes, given);
            }

            @Override
            public void stepped() {
                other.enqueue(noise.next());
                other.dequeue(1, 500);
            }
        });
        trial.checkEqual("", Log.difference(a, b), "difference to one that has another one beside it");
        beside.reset();
        other.checkAccounts();
    }
}
