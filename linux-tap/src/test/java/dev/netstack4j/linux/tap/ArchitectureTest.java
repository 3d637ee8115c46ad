package dev.netstack4j.linux.tap;

import dev.netstack4j.testkit.rules.ExtensionArchitectureTest;
import dev.netstack4j.testkit.rules.ExtensionRules;

class ArchitectureTest extends ExtensionArchitectureTest {
    ArchitectureTest() {
        super(ExtensionRules.library("dev.netstack4j.linux.tap").touchesOutsideIn("dev.netstack4j.linux.tap.."));
    }
}
