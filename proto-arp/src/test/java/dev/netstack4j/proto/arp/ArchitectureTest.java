package dev.netstack4j.proto.arp;

import dev.netstack4j.testkit.rules.ExtensionArchitectureTest;
import dev.netstack4j.testkit.rules.ExtensionRules;

class ArchitectureTest extends ExtensionArchitectureTest {
    ArchitectureTest() {
        super(ExtensionRules.protocol("dev.netstack4j.proto.arp").judgedElsewhere());
    }
}
