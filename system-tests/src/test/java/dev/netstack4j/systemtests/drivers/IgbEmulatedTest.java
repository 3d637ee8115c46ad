package dev.netstack4j.systemtests.drivers;

/// The suite for the driver of the 82576 on our own model.
class IgbEmulatedTest implements DriverSuite {
    @Override
    public Fitting fitting() {
        return Fitting.IGB_EMULATED;
    }
}
