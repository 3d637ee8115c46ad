package dev.netstack4j.testkit.simulation;

/// What links join: a host or a switch.
public sealed interface SimNode permits SimHost, SimSwitch {
    /// Its name, unique in its simulation.
    String name();
}
