package dev.netstack4j.systemtests.kits.qdisc;

import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.systemtests.kits.Mutant;
import dev.netstack4j.systemtests.kits.MutantsTest;
import dev.netstack4j.testkit.kit.qdisc.QdiscKit;
import dev.netstack4j.testkit.kit.qdisc.QdiscSetup;
import dev.netstack4j.testkit.kit.qdisc.QdiscSubject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Broken qdiscs, each to be found by the rule named for its defect.
class QdiscMutantsTest extends MutantsTest<QdiscSubject> {
    QdiscMutantsTest() {
        super(new QdiscKit(), 20);
    }

    /// The reference qdisc with a defect.
    private record Reference(Defect defect) implements QdiscSubject {
        private QdiscSetup with(String... options) {
            Map<String, String> all = new TreeMap<>(Map.of("defect", defect.name()));
            for (int i = 0; i < options.length; i += 2) {
                all.put(options[i], options[i + 1]);
            }
            return QdiscSetup.of(all);
        }

        private QdiscSetup plain() {
            return with("limit", "30").mostPackets(30);
        }

        private QdiscSetup shaping() {
            return with("limit", "40", "rate", "1000000", "burst", "2000")
                    .mostPackets(40)
                    .rate(1_000_000, 2000);
        }

        @Override
        public StackModule stackModule() {
            return new RefModule();
        }

        @Override
        public String kind() {
            return "reference";
        }

        @Override
        public List<QdiscSetup> setups() {
            return List.of(
                    plain().changesTo(shaping()),
                    shaping().changesTo(plain()),
                    with("limit", "25", "evict", "true", "fixed", "true"));
        }

        @Override
        public List<Map<String, String>> badOptions() {
            return List.of(Map.of("limit", "0", "defect", defect.name()));
        }
    }

    @Override
    protected QdiscSubject correct() {
        return new Reference(Defect.NONE);
    }

    @Override
    protected List<Mutant<QdiscSubject>> mutants() {
        List<Mutant<QdiscSubject>> all = new ArrayList<>();
        for (Defect d : Defect.values()) {
            if (d != Defect.NONE) {
                all.add(new Mutant<>(d.sentence, d.ruleId, () -> new Reference(d)));
            }
        }
        return all;
    }
}
