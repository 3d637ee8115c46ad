package dev.netstack4j.systemtests.kits.bus;

import dev.netstack4j.api.hardware.IrqKind;
import dev.netstack4j.systemtests.kits.Mutant;
import dev.netstack4j.systemtests.kits.MutantsTest;
import dev.netstack4j.systemtests.kits.nic.PlainDriverModule;
import dev.netstack4j.testkit.kit.bus.PciBusKit;
import dev.netstack4j.testkit.kit.bus.PciBusSubject;
import java.util.Arrays;
import java.util.List;

/// Broken buses.
class PciBusMutantsTest extends MutantsTest<PciBusSubject> {
    PciBusMutantsTest() {
        super(new PciBusKit(), 10);
    }

    private static PciBusSubject plain(BusDefect defect) {
        return PciBusSubject.of(new PlainModule(), "plain", "plain")
                .interrupts(IrqKind.MSI, IrqKind.INTX)
                .option("bus-defect", defect.name())
                .driver(new PlainDriverModule());
    }

    @Override
    protected PciBusSubject correct() {
        return plain(BusDefect.NONE);
    }

    @Override
    protected List<Mutant<PciBusSubject>> mutants() {
        return Arrays.stream(BusDefect.values())
                .filter(d -> d != BusDefect.NONE)
                .map(d -> new Mutant<>(d.sentence, d.rule, () -> plain(d)))
                .toList();
    }
}
