package dev.netstack4j.testkit.kit.nic;

import dev.netstack4j.api.hardware.IrqHandler;
import dev.netstack4j.api.hardware.IrqKind;
import dev.netstack4j.testkit.kit.lab.Marks;
import java.util.List;

/// Interrupts, polls, and what may not happen in them.
final class PollRules {
    private PollRules() {}

    static void addTo(NicDriverKit kit) {
        kit.up(41, "takes no more than its budget in a poll", PollRules::traffic);
        kit.up(42, "completes a poll exactly when it took less than its budget", PollRules::traffic);
        kit.up(43, "takes nothing in a poll without a budget", PollRules::withoutBudget);
        kit.up(44, "makes and frees no packet in its interrupt handler", PollRules::traffic);
        kit.up(46, "loses no interrupt", PollRules::interrupts);
        kit.up(47, "never waits in the data path", PollRules::everything);
        kit.up(48, "never throws", PollRules::everything);
        kit.unplugged(15, "works with a shared line and knows whose interrupt it was", (subject, trial) -> {
            var made = NicCase.unplugged(subject, trial);
            trial.atEnd(() -> made.stack().close());
            made.device().grant(List.of(IrqKind.INTX));
            if (!subject.can(NicAbility.INTX)) {
                try {
                    made.plug();
                } catch (dev.netstack4j.api.error.NetException e) {
                    trial.checkEqual("", made.device().held(), "held after a refused probe");
                    return;
                }
                throw new AssertionError("took a device that grants none of the kinds that it declares");
            }
            NicCase c = NicCase.around(subject, trial, made);
            c.lab.up();
            c.works("with a shared line");
            c.lab.settle();
            c.lab.onCpu(cpu -> {
                for (IrqHandler.Result r : c.lab.plugged().handlers().callAll(cpu)) {
                    trial.checkEqual(IrqHandler.Result.NONE, r, "the answer to somebody else's interrupt");
                }
            });
            c.works("after somebody else's interrupt");
        });
    }

    /// More than a budget at once, and frames that come in the middle of polls.
    private static void traffic(NicCase c) {
        for (int round = 0; round < 3; round++) {
            c.lab.onCpu(cpu -> {
                c.inbound(200, 60, 200).forEach(c.lab.wire()::send);
                c.lab.wire().pushNow();
                c.outbound(10, 60, 200).forEach(f -> c.lab.start(c.lab.packet(f, cpu), false, cpu));
            });
            c.lab.settle();
            c.lab.sendAll(c.outbound(20, 60, 200));
        }
        for (int n : new int[] {63, 64, 65, 128}) {
            c.lab.received().takeAll();
            List<byte[]> all = c.inbound(n, 60, 100);
            c.lab.onCpu(cpu -> {
                all.forEach(c.lab.wire()::send);
                c.lab.wire().pushNow();
                c.lab.wire().pushNow();
            });
            c.lab.until(() -> c.lab.received().count() >= n);
            c.lab.settle();
            c.trial.checkEqual(n, c.lab.received().count(), "frames handed up of a burst");
        }
    }

    private static void withoutBudget(NicCase c) {
        c.lab.received().pollWithoutBudget(true);
        c.expectReceived(c.inbound(100, 60, 300), "with polls without a budget between");
        c.lab.sendAll(c.outbound(50, 60, 300));
    }

    private static void interrupts(NicCase c) {
        for (int i = 0; i < 60; i++) {
            int[] late = {c.trial.random().nextInt(3)};
            c.lab.received().beforeCompletion(() -> {
                if (late[0]-- > 0) {
                    c.lab.wire().send(c.inbound(80));
                    c.lab.wire().pushNow();
                }
            });
            long before = c.lab.received().total();
            int wanted = 1 + late[0];
            c.lab.wire().send(c.inbound(70));
            c.lab.until(() -> c.lab.received().total() >= before + wanted);
            c.trial.checkEqual(before + wanted, c.lab.received().total(), "packets handed up by round " + i);
            int live = c.live();
            c.lab.send(c.outbound(90));
            c.lab.until(() -> c.live() <= live);
            c.trial.check(c.live() <= live, "a sent packet is never freed in round " + i);
            c.lab.pass(c.trial.random().nextLong(1, 2_000_000));
        }
    }

    private static void everything(NicCase c) throws Exception {
        c.lab.received().pollWithoutBudget(true);
        traffic(c);
        c.lab.wire().busy(true);
        for (int i = 0; i < 400 && !c.lab.device().txQueue(0).isStopped(); i++) {
            c.lab.send(c.outbound(60));
        }
        c.inbound(100, 60, 200).forEach(c.lab.wire()::send);
        c.lab.settle();
        c.lab.wire().busy(false);
        c.lab.settle();
        c.lab.stack().packets().failEvery(3);
        c.inbound(300, 60, 200).forEach(c.lab.wire()::send);
        c.lab.settle();
        c.lab.stack().packets().failEvery(0);
        c.lab.stats();
        c.lab.wire().link(false);
        c.lab.settle();
        c.lab.wire().link(true);
        c.lab.settle();
        c.lab.down();
        c.lab.up();
        c.lab.down();
        c.lab.plugged().unplug();
        c.lab.watch().check(Marks.NEVER_THROWS);
    }
}
