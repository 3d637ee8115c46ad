package dev.netstack4j.nic.tap;

import dev.netstack4j.testkit.rules.ExtensionArchitectureTest;
import dev.netstack4j.testkit.rules.ExtensionRules;

class ArchitectureTest extends ExtensionArchitectureTest {
    ArchitectureTest() {
        super(ExtensionRules.driver("dev.netstack4j.nic.tap").mayAlsoSee("dev.netstack4j.linux.tap.."));
    }
}
