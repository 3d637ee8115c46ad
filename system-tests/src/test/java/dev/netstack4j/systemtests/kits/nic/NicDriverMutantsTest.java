package dev.netstack4j.systemtests.kits.nic;

import dev.netstack4j.nic.e1000.E1000Module;
import dev.netstack4j.systemtests.kits.Mutant;
import dev.netstack4j.systemtests.kits.MutantsTest;
import dev.netstack4j.systemtests.kits.bus.PlainModule;
import dev.netstack4j.testkit.kit.nic.NicAbility;
import dev.netstack4j.testkit.kit.nic.NicDriverKit;
import dev.netstack4j.testkit.kit.nic.NicDriverSubject;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;

/// Broken drivers of the plain card.
class NicDriverMutantsTest extends MutantsTest<NicDriverSubject> {
    NicDriverMutantsTest() {
        super(new NicDriverKit(), 30);
    }

    private static NicDriverSubject plain(NicDefect defect) {
        return NicDriverSubject.pci(new PlainDriverModule(), "plain", "plain")
                .with(new PlainModule())
                .option("defect", defect.name())
                .can(
                        NicAbility.SCATTER_GATHER,
                        NicAbility.UNICAST_FILTER,
                        NicAbility.LINK_DETECTION,
                        NicAbility.ADDRESS_CHANGE,
                        NicAbility.MTU_CHANGE,
                        NicAbility.INTX,
                        NicAbility.FLOW_CONTROL,
                        NicAbility.CHECK_SEQUENCE);
    }

    @Override
    protected NicDriverSubject correct() {
        return plain(NicDefect.NONE);
    }

    @Override
    protected List<NicDriverSubject> correctOnes() {
        return List.of(correct(), e1000(), SoftwareNic.subject());
    }

    private static NicDriverSubject e1000() {
        EnumSet<NicAbility> all = EnumSet.allOf(NicAbility.class);
        all.remove(NicAbility.SEVERAL_QUEUES);
        all.remove(NicAbility.CHANNELS_CHANGE);
        all.remove(NicAbility.STEERING);
        return NicDriverSubject.pci(new E1000Module(), "emulated", "82540em").can(all.toArray(NicAbility[]::new));
    }

    @Override
    protected List<Mutant<NicDriverSubject>> mutants() {
        return Arrays.stream(NicDefect.values())
                .filter(d -> d != NicDefect.NONE)
                .map(d -> new Mutant<>(d.sentence, d.rule, () -> plain(d)))
                .toList();
    }
}
