package dev.netstack4j.testkit.kit.qdisc;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.qdisc.XmitResult;
import dev.netstack4j.testkit.kit.Trial;
import dev.netstack4j.testkit.kit.qdisc.Parcel.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Which packets go into a qdisc, and what it does with them.
final class EnqueueRules {
    private static final int STEPS = 300;
    private static final int MOST_FILL = 1500;

    private EnqueueRules() {}

    static void tellsThatItDroppedAnother(QdiscBench bench, Trial trial) {
        for (int i = 0; i < MOST_FILL; i++) {
            long before = bench.droppedPackets();
            Parcel p = bench.make(i % 3, 0, trial.random().nextInt(60, 1400));
            int result = bench.enqueue(p);
            boolean another = bench.droppedPackets() > before && p.place == Place.HELD;
            trial.check(
                    !another || result == XmitResult.CN,
                    "dropped another packet instead of " + p + " and returned " + result);
            if (bench.droppedPackets() > 20) {
                return;
            }
        }
    }

    static void holdsItsLimitAndNoMore(QdiscBench bench, QdiscSetup setup, Trial trial) {
        int length = trial.random().nextInt(100, 1400);
        int fits = (int) Math.min(setup.mostPackets(), setup.mostBytes() / length);
        trial.assume(fits < 4096, "a limit of " + fits + " packets is too large to be filled");
        fillTo(bench, trial, fits, length);
        for (int i = 0; i < 3; i++) {
            bench.enqueue(bench.make(1, 0, length));
            trial.check(
                    bench.heldPackets() <= fits,
                    "holds " + bench.heldPackets() + " packets of " + length + " bytes, where " + fits
                            + " are its limit");
        }
        while (bench.dequeue(1, 1).isEmpty()) {
            bench.sleep();
        }
        fillTo(bench, trial, fits, length);
    }

    private static void fillTo(QdiscBench bench, Trial trial, int fits, int length) {
        while (bench.heldPackets() < fits) {
            Parcel p = bench.make(1, 0, length);
            bench.enqueue(p);
            trial.check(
                    p.place == Place.HELD,
                    "dropped " + p + " while it held " + bench.heldPackets() + " packets and " + bench.heldBytes()
                            + " bytes, less than its limit");
        }
    }

    static void takesAnyPacket(QdiscBench bench, Trial trial) {
        SplittableRandom random = trial.random();
        for (int i = 0; i < STEPS; i++) {
            Parcel p = bench.make(random.nextInt(5), random.nextInt(), random.nextInt(60, 1500));
            SkBuff skb = Oddities.make(bench, p, random);
            bench.enqueue(p, skb);
            bench.checkAccounts();
            if (random.nextInt(3) > 0) {
                bench.dequeue(random.nextInt(1, 5), random.nextInt(1, 200_000));
            }
            bench.advanceToWatchdog(random.nextLong(2_000_000));
        }
        bench.runUntilEmpty();
        bench.checkNothingLost();
    }

    static void changesNothingOfAPacket(QdiscBench bench, Trial trial) {
        List<Fingerprint> prints = new ArrayList<>();
        List<SkBuff> given = new ArrayList<>();
        bench.keepGiven(given);
        SplittableRandom random = trial.random();
        for (int i = 0; i < STEPS; i++) {
            Parcel p = bench.make(i % 5, i % 5, random.nextInt(60, 1500));
            SkBuff skb = bench.skb(p);
            prints.add(Fingerprint.of(skb));
            bench.enqueue(p, skb);
            bench.dequeue(1, 1);
            bench.advanceToWatchdog(random.nextLong(2_000_000));
            for (SkBuff s : given) {
                trial.checkEqual(prints.get(s.mark()), Fingerprint.of(s), "packet " + s.mark());
                s.consume(bench.own(), bench.host.cpu());
            }
            given.clear();
        }
    }

    static void worksWithoutMemory(QdiscBench bench, Trial trial) {
        List<Parcel> all = new ArrayList<>();
        List<SkBuff> ready = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Parcel p = bench.make(i % 5, 0, trial.random().nextInt(60, 1500));
            all.add(p);
            ready.add(bench.skb(p));
        }
        bench.host.pool().failEvery(1);
        for (int i = 0; i < all.size(); i++) {
            bench.enqueue(all.get(i), ready.get(i));
            if (i % 3 == 0) {
                bench.dequeue(1, 1500);
            }
        }
        bench.runUntilEmpty();
        bench.checkNothingLost();
    }

    static void forgetsWhatItGave(QdiscBench bench, Trial trial) {
        List<SkBuff> given = new ArrayList<>();
        List<SkBuff> elsewhere = new ArrayList<>();
        List<Fingerprint> prints = new ArrayList<>();
        bench.keepGiven(given);
        new Traffic(bench, trial).run(STEPS, new Traffic.Watcher() {
            @Override
            public void stepped() {
                bench.checkAccounts();
                for (SkBuff s : given) {
                    s.trim(s.length() / 2, bench.host.cpu());
                    s.priority(s.priority() + 1);
                    s.cb(0, -1);
                    elsewhere.add(s);
                    prints.add(Fingerprint.of(s));
                }
                given.clear();
            }
        });
        bench.reset();
        for (int i = 0; i < elsewhere.size(); i++) {
            SkBuff s = elsewhere.get(i);
            trial.check(s.isLive(), "freed packet " + s.mark() + ", which it had given");
            trial.checkEqual(prints.get(i), Fingerprint.of(s), "packet " + s.mark() + " after it was given");
            trial.checkEqual(-1, s.cb(0), "control block of packet " + s.mark() + " after it was given");
        }
    }
}
