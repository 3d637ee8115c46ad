package dev.netstack4j.systemtests.drivers;

import dev.netstack4j.testkit.requires.Requires;
import org.junit.jupiter.api.Timeout;

/// The suite for the driver of the 82540EM on QEMU's model.
@Requires(programs = "qemu-system-x86_64")
@Timeout(120)
class E1000QemuTest implements DriverSuite {
    @Override
    public Fitting fitting() {
        return Fitting.E1000_QEMU;
    }
}
