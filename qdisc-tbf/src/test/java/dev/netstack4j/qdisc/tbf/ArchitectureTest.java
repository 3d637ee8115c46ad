package dev.netstack4j.qdisc.tbf;

import dev.netstack4j.testkit.rules.ExtensionArchitectureTest;
import dev.netstack4j.testkit.rules.ExtensionRules;

class ArchitectureTest extends ExtensionArchitectureTest {
    ArchitectureTest() {
        super(ExtensionRules.qdisc("dev.netstack4j.qdisc.tbf"));
    }
}
