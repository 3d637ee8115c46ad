package dev.netstack4j.testkit.kit.qdisc;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.qdisc.XmitResult;
import dev.netstack4j.testkit.kit.Trial;
import java.util.List;
import java.util.Map;

/// What a qdisc says of itself, and how it is made and changed.
final class ControlRules {
    private static final int STEPS = 300;

    private ControlRules() {}

    static void maySkipAnEmptyQdisc(QdiscSubject subject, Trial trial) throws NetException {
        boolean judged = false;
        for (QdiscSetup setup : subject.setups()) {
            QdiscBench bench = new QdiscBench(subject, setup, trial);
            if (bench.qdisc.canBypass()) {
                givesALonePacketAtOnce(bench, trial);
                judged = true;
            }
        }
        trial.assume(judged, "says itself that packets must not pass it by");
    }

    private static void givesALonePacketAtOnce(QdiscBench bench, Trial trial) {
        Traffic traffic = new Traffic(bench, trial);
        for (int i = 0; i < STEPS; i++) {
            Parcel p = traffic.next();
            trial.checkEqual(
                    XmitResult.SUCCESS, bench.enqueue(p), "result for " + p + ", which came while it was empty");
            trial.checkEqual(List.of(p), bench.dequeue(8, 100_000), "packets given after " + p + " alone had come");
        }
        trial.check(bench.qdisc.canBypass(), "canBypass() answers otherwise after traffic");
    }

    /// Judged with setups from which another one can be reached.
    static void changesWithoutLoss(QdiscSubject subject, QdiscSetup setup, Trial trial) throws NetException {
        for (QdiscSetup other : setup.changes()) {
            QdiscBench bench = new QdiscBench(subject, setup, trial);
            new Traffic(bench, trial).run(STEPS);
            int held = bench.heldPackets();
            bench.qdisc.change(bench.options(other.options()), bench.host.cpu());
            trial.event("changed to " + other);
            trial.checkEqual(held, bench.heldPackets(), "packets held after a change");
            bench.checkAccounts();
            wakesAfterChange(bench, trial);
            trial.check(bench.heldPackets() == 0, "did not give all packets after a change");
            bench.checkNothingLost();
        }
    }

    /// Core asks once after a change.
    private static void wakesAfterChange(QdiscBench bench, Trial trial) {
        if (bench.heldPackets() > 0 && bench.dequeue(8, 128 << 10).isEmpty()) {
            trial.check(bench.watchdog.isArmed(), "holds packets after a change, and has not armed its watchdog");
        }
        bench.runUntilEmpty();
    }

    static void worksByItsNewOptions(QdiscSubject subject, QdiscSetup setup, Trial trial) throws NetException {
        for (QdiscSetup other : setup.changes()) {
            QdiscBench bench = changed(subject, setup, other, trial);
            if (other.isLimited()) {
                EnqueueRules.holdsItsLimitAndNoMore(bench, other, trial);
            }
            if (other.bytesPerSecond() > 0) {
                TimeRules.keepsToItsRate(changed(subject, setup, other, trial), other, trial);
                TimeRules.reachesItsRate(changed(subject, setup, other, trial), other, trial);
            }
        }
    }

    private static QdiscBench changed(QdiscSubject subject, QdiscSetup setup, QdiscSetup other, Trial trial)
            throws NetException {
        QdiscBench bench = new QdiscBench(subject, setup, trial);
        new Traffic(bench, trial).run(STEPS / 3);
        bench.qdisc.change(bench.options(other.options()), bench.host.cpu());
        bench.runUntilEmpty();
        return bench;
    }

    /// Judged with setups from which none can be reached.
    static void refusesToChange(QdiscSubject subject, QdiscSetup setup, Trial trial) throws NetException {
        QdiscBench bench = new QdiscBench(subject, setup, trial);
        new Traffic(bench, trial).run(STEPS);
        refused(bench, setup.options(), Errno.EOPNOTSUPP, trial);
    }

    private static void refused(QdiscBench bench, Map<String, String> options, Errno errno, Trial trial) {
        int held = bench.heldPackets();
        try {
            bench.qdisc.change(bench.options(options), bench.host.cpu());
        } catch (NetException e) {
            trial.checkEqual(errno, e.errno(), "error of a change to " + options);
            checkSentence(e, trial);
            trial.checkEqual(held, bench.heldPackets(), "packets held after a refused change");
            bench.checkAccounts();
            return;
        }
        throw new AssertionError("took a change to " + options + " that it should refuse with " + errno);
    }

    private static void checkSentence(NetException e, Trial trial) {
        String message = String.valueOf(e.getMessage());
        trial.check(
                message.strip().length() > 10 && !message.contains("\n"), "an error that says only '" + message + "'");
    }

    /// The second one is never asked to change.
    static void staysAsItWasWhenItRefuses(QdiscSubject subject, QdiscSetup setup, Trial trial) throws NetException {
        trial.assume(!subject.badOptions().isEmpty(), "no bad options are named");
        QdiscBench asked = new QdiscBench(subject, setup, trial);
        QdiscBench left = new QdiscBench(subject, setup, trial);
        Log a = new Log(asked);
        Log b = new Log(left);
        for (Map<String, String> bad : subject.badOptions()) {
            long seed = trial.random().nextLong();
            new Traffic(asked, seed).run(STEPS / 3, a);
            new Traffic(left, seed).run(STEPS / 3, b);
            refused(asked, bad, Errno.EINVAL, trial);
        }
        long seed = trial.random().nextLong();
        new Traffic(asked, seed).run(STEPS / 3, a);
        new Traffic(left, seed).run(STEPS / 3, b);
        trial.checkEqual("", Log.difference(a, b), "difference after a refused change");
    }

    static void refusesOptionsThatMakeNoSense(QdiscSubject subject, Trial trial) throws NetException {
        trial.assume(!subject.badOptions().isEmpty(), "no bad options are named");
        QdiscBench bench = new QdiscBench(subject, subject.setups().getFirst(), trial);
        for (Map<String, String> bad : subject.badOptions()) {
            try {
                bench.create(bad);
            } catch (NetException e) {
                trial.checkEqual(Errno.EINVAL, e.errno(), "error of options " + bad);
                checkSentence(e, trial);
                continue;
            }
            throw new AssertionError("was made with options " + bad + " that it should refuse");
        }
    }

    /// The second one is never asked.
    static void describesItselfInOneLine(QdiscSubject subject, QdiscSetup setup, Trial trial) throws NetException {
        QdiscBench asked = new QdiscBench(subject, setup, trial);
        QdiscBench left = new QdiscBench(subject, setup, trial);
        Log a = new Log(asked);
        Log b = new Log(left);
        checkLine(asked, trial);
        long seed = trial.random().nextLong();
        new Traffic(asked, seed).run(STEPS, new Traffic.Watcher() {
            @Override
            public void enqueued(Parcel p, int result) {
                a.enqueued(p, result);
            }

            @Override
            public void dequeued(int maxPackets, int maxBytes, List<Parcel> given) {
                a.dequeued(maxPackets, maxBytes, given);
            }

            @Override
            public void stepped() {
                checkLine(asked, trial);
            }
        });
        new Traffic(left, seed).run(STEPS, b);
        if (!setup.isRandom()) {
            trial.checkEqual(
                    "", Log.difference(a, b), "difference between one that was described and one that was not");
        }
    }

    private static void checkLine(QdiscBench bench, Trial trial) {
        String line = bench.qdisc.describe();
        trial.check(line != null && line.lines().count() <= 1, "describes itself with '" + line + "', not in one line");
    }
}
