package dev.netstack4j.systemtests.drivers;

/// The suite for the driver of the 82540EM on our own model.
class E1000EmulatedTest implements DriverSuite {
    @Override
    public Fitting fitting() {
        return Fitting.E1000_EMULATED;
    }
}
