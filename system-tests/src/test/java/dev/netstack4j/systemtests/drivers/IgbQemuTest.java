package dev.netstack4j.systemtests.drivers;

import dev.netstack4j.testkit.requires.Requires;
import org.junit.jupiter.api.Timeout;

/// The suite for the driver of the 82576 on QEMU's model.
@Requires(programs = "qemu-system-x86_64")
@Timeout(120)
class IgbQemuTest implements DriverSuite {
    @Override
    public Fitting fitting() {
        return Fitting.IGB_QEMU;
    }
}
