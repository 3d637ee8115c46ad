package dev.netstack4j.testkit.simulation;

/// What links join: a host, a switch or a peer.
public sealed interface SimNode permits SimHost, SimSwitch, SimPeer {
    /// Its name, unique in its simulation.
    String name();
}
