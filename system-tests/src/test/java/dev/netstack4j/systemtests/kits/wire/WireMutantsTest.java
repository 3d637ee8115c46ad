package dev.netstack4j.systemtests.kits.wire;

import dev.netstack4j.systemtests.kits.Mutant;
import dev.netstack4j.systemtests.kits.MutantsTest;
import dev.netstack4j.testkit.kit.wire.WireAbility;
import dev.netstack4j.testkit.kit.wire.WireKit;
import dev.netstack4j.testkit.kit.wire.WireSubject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Broken wires.
class WireMutantsTest extends MutantsTest<WireSubject> {
    WireMutantsTest() {
        super(new WireKit(), 10);
    }

    private static WireSubject plain(WireDefect defect) {
        Map<String, String> one = Map.of("name", "one", "defect", defect.name());
        Map<String, String> two = Map.of("name", "two", "defect", defect.name());
        return WireSubject.of(new PlainWireModule(), "plain")
                .ends(one, one)
                .other(two, two)
                .can(WireAbility.LINK_DETECTION, WireAbility.FLOW_CONTROL, WireAbility.SHORT_FRAMES);
    }

    @Override
    protected WireSubject correct() {
        return plain(WireDefect.NONE);
    }

    @Override
    protected List<Mutant<WireSubject>> mutants() {
        return Arrays.stream(WireDefect.values())
                .filter(d -> d != WireDefect.NONE)
                .map(d -> new Mutant<>(d.sentence, d.rule, () -> plain(d)))
                .toList();
    }
}
