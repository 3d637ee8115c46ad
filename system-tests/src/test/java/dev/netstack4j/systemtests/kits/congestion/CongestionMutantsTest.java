package dev.netstack4j.systemtests.kits.congestion;

import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.systemtests.kits.Mutant;
import dev.netstack4j.systemtests.kits.MutantsTest;
import dev.netstack4j.testkit.kit.congestion.CongestionKit;
import dev.netstack4j.testkit.kit.congestion.CongestionSubject;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Broken congestion controls, each to be found by the rule named for its defect.
class CongestionMutantsTest extends MutantsTest<CongestionSubject> {
    CongestionMutantsTest() {
        super(new CongestionKit(), 10);
    }

    private record Reference(Defect defect) implements CongestionSubject {
        @Override
        public StackModule stackModule() {
            return new RefModule(defect);
        }

        @Override
        public String name() {
            return "reference";
        }

        @Override
        public Map<String, Integer> settings() {
            return Map.of(RefModule.DEFECT, defect.ordinal());
        }
    }

    @Override
    protected CongestionSubject correct() {
        return new Reference(Defect.NONE);
    }

    @Override
    protected List<Mutant<CongestionSubject>> mutants() {
        return Stream.of(Defect.values())
                .filter(d -> d != Defect.NONE)
                .map(d -> new Mutant<CongestionSubject>(d.sentence, d.ruleId, () -> new Reference(d)))
                .toList();
    }
}
