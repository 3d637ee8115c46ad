package dev.netstack4j.systemtests.drivers;

/// Says which driver, on which bus.
interface Fitted {
    Fitting fitting();
}
