package dev.netstack4j.testkit.kit.qdisc;

import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.testkit.kit.Trial;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What comes out of a qdisc, how much at once, and in which order.
final class DequeueRules {
    private static final int STEPS = 300;

    private DequeueRules() {}

    static void movesAtMostThatManyPackets(QdiscBench bench, Trial trial) {
        new Traffic(bench, trial).run(STEPS, new Traffic.Watcher() {
            @Override
            public void dequeued(int maxPackets, int maxBytes, List<Parcel> given) {
                trial.check(given.size() <= maxPackets, "gave " + given.size() + " packets, allowed " + maxPackets);
            }
        });
    }

    static void endsWhenTheBytesAreReached(QdiscBench bench, Trial trial) {
        new Traffic(bench, trial).run(STEPS, new Traffic.Watcher() {
            @Override
            public void dequeued(int maxPackets, int maxBytes, List<Parcel> given) {
                long before = given.stream()
                        .limit(Math.max(0, given.size() - 1))
                        .mapToLong(Parcel::length)
                        .sum();
                trial.check(before < maxBytes, "gave one more after " + before + " bytes, allowed " + maxBytes);
            }
        });
    }

    static void appendsAndCounts(QdiscBench bench, Trial trial) {
        Traffic traffic = new Traffic(bench, trial);
        for (int i = 0; i < 50; i++) {
            bench.enqueue(traffic.next());
            bench.enqueue(traffic.next());
            SkBuffQueue into = new SkBuffQueue();
            Parcel present = bench.make(0, 0, 60);
            into.addTail(bench.skb(present));
            int moved = bench.dequeue(into, 1 + i % 3, 4000);
            trial.checkEqual(moved, into.length() - 1, "what dequeue said that it moved");
            var first = into.poll();
            trial.check(
                    first != null && first.mark() == present.id, "what was in the list before is not first any more");
            if (first != null) {
                first.consume(bench.own(), bench.host.cpu());
            }
            bench.take(into);
            bench.advance(1_000_000);
        }
    }

    static void keepsTheOrderOfEachFlow(QdiscBench bench, Trial trial) {
        Map<Integer, Integer> lastOfFlow = new HashMap<>(); // looked up only
        Traffic.Watcher order = new Traffic.Watcher() {
            @Override
            public void dequeued(int maxPackets, int maxBytes, List<Parcel> given) {
                for (Parcel p : given) {
                    int last = lastOfFlow.getOrDefault(p.flow, -1);
                    trial.check(last < p.id, p + " left behind the younger packet " + last + " of its flow");
                    lastOfFlow.put(p.flow, p.id);
                }
            }
        };
        new Traffic(bench, trial).run(STEPS, order);
        order.dequeued(0, 0, bench.runUntilEmpty());
    }

    static void givesOneWhileItHasOne(QdiscBench bench, Trial trial) {
        new Traffic(bench, trial).run(STEPS, new Traffic.Watcher() {
            @Override
            public void dequeued(int maxPackets, int maxBytes, List<Parcel> given) {
                trial.check(
                        !given.isEmpty() || bench.heldPackets() == 0,
                        "gives none of its " + bench.heldPackets() + " packets, and is not declared to hold any back");
            }
        });
    }

    static void leavesInTheOrderOfDrain(QdiscSubject subject, QdiscSetup setup, Trial trial) throws NetException {
        long seed = trial.random().nextLong();
        QdiscBench drained = new QdiscBench(subject, setup, trial);
        QdiscBench dequeued = new QdiscBench(subject, setup, trial);
        new Traffic(drained, seed).run(STEPS);
        new Traffic(dequeued, seed).run(STEPS);
        List<Integer> expected =
                dequeued.runUntilEmpty().stream().map(p -> p.id).toList();
        trial.checkEqual(expected, drained.drain().stream().map(p -> p.id).toList(), "order of drain");
    }
}
