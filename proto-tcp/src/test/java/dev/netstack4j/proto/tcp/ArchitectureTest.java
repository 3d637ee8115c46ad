package dev.netstack4j.proto.tcp;

import dev.netstack4j.testkit.rules.ExtensionArchitectureTest;
import dev.netstack4j.testkit.rules.ExtensionRules;

class ArchitectureTest extends ExtensionArchitectureTest {
    ArchitectureTest() {
        super(ExtensionRules.protocol("dev.netstack4j.proto.tcp")
                .variablesIn("dev.netstack4j.proto.tcp.control..")
                .judgedElsewhere());
    }
}
