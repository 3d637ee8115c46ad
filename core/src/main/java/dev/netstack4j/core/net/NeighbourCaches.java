package dev.netstack4j.core.net;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.neighbour.NeighbourTable;
import dev.netstack4j.api.neighbour.NeighbourTables;
import dev.netstack4j.api.spi.Lifecycle;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// The neighbour caches of one stack.
@Singleton
public final class NeighbourCaches implements NeighbourTables, Lifecycle {
    @Inject
    public NeighbourCaches() {}

    @Override
    public NeighbourTable table(AddressFamily family) {
        throw new UnsupportedOperationException("being written");
    }
}
