package dev.netstack4j.testkit.kit.qdisc;

import dev.netstack4j.api.error.NetException;
import dev.netstack4j.testkit.kit.Trial;
import java.util.ArrayList;
import java.util.List;

/// When packets leave a qdisc that holds them back, and who wakes it.
final class TimeRules {
    private static final int STEPS = 300;
    private static final long NANOS = 1_000_000_000L;

    private TimeRules() {}

    static void armsItsWatchdog(QdiscBench bench, Trial trial) {
        Traffic traffic = new Traffic(bench, trial);
        int heldBack = 0;
        for (int i = 0; i < STEPS; i++) {
            bench.enqueue(traffic.next());
            if (bench.dequeue(8, 100_000).isEmpty() && bench.heldPackets() > 0) {
                heldBack++;
                trial.check(
                        bench.watchdog.isArmed(),
                        "gives none of its " + bench.heldPackets() + " packets, and has not armed its watchdog");
                trial.check(
                        bench.watchdog.deadline() >= bench.now(),
                        "armed its watchdog for " + bench.watchdog.deadline() + ", which is past at " + bench.now());
            }
            bench.advanceToWatchdog(trial.random().nextLong(500_000));
        }
        trial.check(heldBack > 0, "held no packet back, and is declared to do so");
    }

    /// The second one is asked a nanosecond earlier.
    static void wakesAtTheFirstInstant(QdiscSubject subject, QdiscSetup setup, Trial trial) throws NetException {
        QdiscBench bench = new QdiscBench(subject, setup, trial);
        QdiscBench earlier = new QdiscBench(subject, setup, trial);
        long seed = trial.random().nextLong();
        fill(bench, seed);
        fill(earlier, seed);
        int instants = 0;
        while (bench.qdisc.length() > 0 && instants < 40) {
            int given = bench.dequeue(1, 1).size();
            trial.checkEqual(given, earlier.dequeue(1, 1).size(), "packets that twins gave at the same instant");
            if (given > 0) {
                continue;
            }
            long wait = bench.watchdog.deadline() - bench.now();
            if (bench.watchdog.isArmed() && wait > 1) {
                earlier.advance(wait - 1);
                trial.checkEqual(
                        0, earlier.dequeue(1, 1).size(), "packets given a nanosecond before the watchdog was to fire");
                earlier.advance(1);
            } else {
                earlier.advance(Math.max(0, wait));
            }
            bench.sleep();
            trial.check(
                    !bench.dequeue(1, 1).isEmpty(), "gave nothing at the instant for which it had armed its watchdog");
            trial.checkEqual(1, earlier.dequeue(1, 1).size(), "packets that the twin gave at that instant");
            instants++;
        }
        trial.check(instants > 0, "held no packet back, and is declared to do so");
    }

    /// All that may leave at one instant.
    private static void burst(QdiscBench bench, long seed, Log log) {
        fill(bench, seed);
        for (List<Parcel> given = bench.dequeue(8, 100_000); !given.isEmpty(); given = bench.dequeue(8, 100_000)) {
            log.dequeued(8, 100_000, given);
        }
    }

    private static void fill(QdiscBench bench, long seed) {
        Traffic traffic = new Traffic(bench, seed);
        for (int i = 0; i < 60; i++) {
            bench.enqueue(traffic.next());
        }
    }

    private record Gone(long nanos, long bytes) {}

    static void keepsToItsRate(QdiscBench bench, QdiscSetup setup, Trial trial) {
        List<Gone> gone = new ArrayList<>();
        Traffic traffic = new Traffic(bench, trial);
        for (int i = 0; i < STEPS; i++) {
            bench.enqueue(traffic.next());
            boolean pause = trial.random().nextInt(10) == 0;
            if (pause) {
                bench.advance(trial.random().nextLong(20_000_000));
            }
            note(bench, gone);
            bench.advanceToWatchdog(trial.random().nextLong(1_000_000));
        }
        for (int i = 0; i < gone.size(); i++) {
            checkFrom(i, gone, setup, trial);
        }
    }

    private static void note(QdiscBench bench, List<Gone> gone) {
        for (Parcel p : bench.dequeue(8, 100_000)) {
            gone.add(new Gone(bench.now(), p.length()));
        }
    }

    private static void checkFrom(int first, List<Gone> gone, QdiscSetup setup, Trial trial) {
        long bytes = 0;
        long from = gone.get(first).nanos();
        for (int j = first; j < gone.size(); j++) {
            bytes += gone.get(j).bytes();
            long nanos = gone.get(j).nanos() - from;
            long allowed = setup.burstBytes() + (long) Math.ceil((double) setup.bytesPerSecond() * nanos / NANOS);
            trial.check(
                    bytes <= allowed,
                    "gave " + bytes + " bytes within " + nanos + " ns, where its rate and burst allow " + allowed);
        }
    }

    static void reachesItsRate(QdiscBench bench, QdiscSetup setup, Trial trial) {
        Traffic traffic = new Traffic(bench, trial);
        long begin = bench.now();
        long longest = 0;
        long bytes = 0;
        for (int i = 0; i < 2 * STEPS; i++) {
            while (bench.heldBytes() < 8_000) {
                Parcel p = traffic.next();
                bench.enqueue(p);
                longest = Math.max(longest, p.length());
            }
            List<Parcel> given = bench.dequeue(8, 100_000);
            bytes += given.stream().mapToLong(Parcel::length).sum();
            if (given.isEmpty()) {
                bench.sleep();
            }
        }
        long nanos = bench.now() - begin;
        long due = (long) ((double) setup.bytesPerSecond() * nanos / NANOS) - longest;
        trial.check(bytes >= due, "gave " + bytes + " bytes within " + nanos + " ns, where its rate comes to " + due);
    }

    static void takesItsRequestBack(QdiscBench bench, Trial trial) {
        holdBack(bench, trial);
        bench.reset();
        trial.check(!bench.watchdog.isArmed(), "its watchdog is still armed after reset");
    }

    private static void holdBack(QdiscBench bench, Trial trial) {
        Traffic traffic = new Traffic(bench, trial);
        for (int i = 0; i < 5000; i++) {
            bench.enqueue(traffic.next());
            if (bench.dequeue(8, 100_000).isEmpty() && bench.heldPackets() > 0) {
                return;
            }
        }
        throw trial.unjudged("held no packet back while 5000 came");
    }

    static void isAsNewAfterReset(QdiscSubject subject, QdiscSetup setup, Trial trial) throws NetException {
        QdiscBench used = new QdiscBench(subject, setup, trial);
        long begin = used.now();
        new Traffic(used, trial).run(STEPS);
        fill(used, trial.random().nextLong());
        while (!used.dequeue(8, 100_000).isEmpty()) {} // until it has nothing, or holds back
        used.reset();
        used.watchdog.fire();
        QdiscBench fresh = new QdiscBench(subject, setup, trial, used.now() - begin);
        long seed = trial.random().nextLong();
        Log a = new Log(used);
        Log b = new Log(fresh);
        burst(used, seed, a);
        burst(fresh, seed, b);
        new Traffic(used, seed).run(STEPS, a);
        new Traffic(fresh, seed).run(STEPS, b);
        trial.checkEqual("", Log.difference(a, b), "difference between one after reset and a new one");
    }
}
