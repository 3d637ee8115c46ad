package dev.netstack4j.wire.tap;

import dev.netstack4j.testkit.rules.ExtensionArchitectureTest;
import dev.netstack4j.testkit.rules.ExtensionRules;

class ArchitectureTest extends ExtensionArchitectureTest {
    ArchitectureTest() {
        super(ExtensionRules.hardware("dev.netstack4j.wire.tap").mayAlsoSee("dev.netstack4j.linux.tap.."));
    }
}
