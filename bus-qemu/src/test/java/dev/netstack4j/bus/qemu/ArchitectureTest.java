package dev.netstack4j.bus.qemu;

import dev.netstack4j.testkit.rules.ExtensionArchitectureTest;
import dev.netstack4j.testkit.rules.ExtensionRules;

/// Its job is a process outside.
class ArchitectureTest extends ExtensionArchitectureTest {
    ArchitectureTest() {
        super(ExtensionRules.hardware("dev.netstack4j.bus.qemu")
                .touchesOutsideIn("dev.netstack4j.bus.qemu..")
                .judgedElsewhere());
    }
}
