package dev.netstack4j.testkit.kit.nic;

import dev.netstack4j.testkit.kit.Kit;
import dev.netstack4j.testkit.kit.Rule;

/// The rules of `NetDeviceOps`, `NapiPoll`, `IrqHandler` and `PciDriver`. What it needs of a driver is a
/// [NicDriverSubject]; [NicDriverConformance] shows how to use it.
public final class NicDriverKit extends Kit<NicDriverSubject> {
    private static final String SINCE = "0.1";

    /// All rules.
    public NicDriverKit() {
        super("NDO");
        TransmitRules.addTo(this);
        ReceiveRules.addTo(this);
        PollRules.addTo(this);
        LifecycleRules.addTo(this);
        HostileRules.addTo(this);
        AccountingRules.addTo(this);
        ControlRules.addTo(this);
    }

    /// A check of a device that is up.
    @FunctionalInterface
    interface Check {
        void judge(NicCase c) throws Exception;
    }

    /// Adds a rule that begins with an open device. What was noticed of the same rule fails it as well.
    void up(int number, String sentence, Check check) {
        rule(number, SINCE, sentence, (subject, trial) -> {
            NicCase c = NicCase.up(subject, trial);
            check.judge(c);
            c.lab.watch().check("NDO-" + number);
        });
    }

    /// Adds a rule that begins with a device that was never opened.
    void down(int number, String sentence, Check check) {
        rule(number, SINCE, sentence, (subject, trial) -> {
            NicCase c = NicCase.down(subject, trial);
            check.judge(c);
            c.lab.watch().check("NDO-" + number);
        });
    }

    /// Adds a rule that begins without a device.
    void unplugged(int number, String sentence, Rule.Check<NicDriverSubject> check) {
        rule(number, SINCE, sentence, (subject, trial) -> {
            trial.assume(subject.software() == null, "a device in software has no bus");
            check.judge(subject, trial);
        });
    }
}
