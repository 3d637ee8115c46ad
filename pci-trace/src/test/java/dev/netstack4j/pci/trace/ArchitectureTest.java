package dev.netstack4j.pci.trace;

import dev.netstack4j.testkit.rules.ExtensionArchitectureTest;
import dev.netstack4j.testkit.rules.ExtensionRules;

class ArchitectureTest extends ExtensionArchitectureTest {
    ArchitectureTest() {
        super(ExtensionRules.hardware("dev.netstack4j.pci.trace").touchesOutsideIn("dev.netstack4j.pci.trace.."));
    }
}
