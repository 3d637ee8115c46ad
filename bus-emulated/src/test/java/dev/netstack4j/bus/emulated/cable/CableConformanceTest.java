package dev.netstack4j.bus.emulated.cable;

import dev.netstack4j.bus.emulated.BusEmulatedModule;
import dev.netstack4j.testkit.kit.wire.WireAbility;
import dev.netstack4j.testkit.kit.wire.WireConformance;
import dev.netstack4j.testkit.kit.wire.WireSubject;
import java.util.Map;

class CableConformanceTest extends WireConformance {
    @Override
    protected WireSubject subject() {
        Map<String, String> shaped = Map.of("name", "b", "rate", "100mbit", "delay", "1ms");
        return WireSubject.of(new BusEmulatedModule(), "cable")
                .ends(shaped, shaped)
                .other(Map.of("name", "c"), Map.of("name", "c"))
                .can(WireAbility.LINK_DETECTION, WireAbility.FLOW_CONTROL, WireAbility.SHORT_FRAMES);
    }
}
