package dev.netstack4j.wire.stream;

import dev.netstack4j.testkit.rules.ExtensionArchitectureTest;
import dev.netstack4j.testkit.rules.ExtensionRules;

class ArchitectureTest extends ExtensionArchitectureTest {
    ArchitectureTest() {
        super(ExtensionRules.hardware("dev.netstack4j.wire.stream").touchesOutsideIn("dev.netstack4j.wire.stream.."));
    }
}
