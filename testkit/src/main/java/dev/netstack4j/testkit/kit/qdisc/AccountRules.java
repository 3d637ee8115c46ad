package dev.netstack4j.testkit.kit.qdisc;

import dev.netstack4j.api.qdisc.XmitResult;
import dev.netstack4j.testkit.kit.Trial;
import dev.netstack4j.testkit.kit.qdisc.Parcel.Place;

/// Every packet ends once, and what a qdisc says of what it holds is so.
final class AccountRules {
    private static final int STEPS = 400;

    private AccountRules() {}

    static void everyPacketEndsOnce(QdiscBench bench, Trial trial) {
        new Traffic(bench, trial).run(STEPS);
        bench.runUntilEmpty();
        new Traffic(bench, trial).run(STEPS / 4);
        bench.drain();
        new Traffic(bench, trial).run(STEPS / 4);
        bench.checkNothingLost();
    }

    static void lengthIsExact(QdiscBench bench, Trial trial) {
        watch(bench, trial, () -> trial.checkEqual(bench.heldPackets(), bench.qdisc.length(), "length()"));
    }

    static void backlogIsExact(QdiscBench bench, Trial trial) {
        watch(bench, trial, () -> trial.checkEqual(bench.heldBytes(), bench.qdisc.backlogBytes(), "backlogBytes()"));
    }

    private static void watch(QdiscBench bench, Trial trial, Runnable check) {
        check.run();
        Traffic.Watcher watcher = new Traffic.Watcher() {
            @Override
            public void stepped() {
                check.run();
            }
        };
        new Traffic(bench, trial).run(STEPS, watcher);
        bench.drain();
        check.run();
        new Traffic(bench, trial).run(STEPS / 4, watcher);
        bench.reset();
        check.run();
        new Traffic(bench, trial).run(STEPS / 4, watcher);
        bench.runUntilEmpty();
        check.run();
    }

    static void saysWhetherItKeptThePacket(QdiscBench bench, Trial trial) {
        new Traffic(bench, trial).run(STEPS, new Traffic.Watcher() {
            @Override
            public void enqueued(Parcel p, int result) {
                trial.check(
                        result == XmitResult.SUCCESS || result == XmitResult.DROP || result == XmitResult.CN,
                        "enqueue returned " + result + ", which is no XmitResult");
                trial.check(
                        (p.place == Place.HELD) == (result != XmitResult.DROP),
                        "enqueue returned " + result + " for " + p + ", which is " + p.place + " now");
            }
        });
    }

    static void resetEmpties(QdiscBench bench, Trial trial) {
        new Traffic(bench, trial).run(STEPS);
        int held = bench.heldPackets();
        bench.reset();
        trial.checkEqual(0, bench.heldPackets(), "of " + held + " packets, those that reset did not drop");
        trial.checkEqual(0, bench.qdisc.length(), "length() after reset");
        trial.checkEqual(0L, bench.qdisc.backlogBytes(), "backlogBytes() after reset");
        trial.checkEqual(0, bench.dequeue(8, 100_000).size(), "packets given after reset");
    }
}
