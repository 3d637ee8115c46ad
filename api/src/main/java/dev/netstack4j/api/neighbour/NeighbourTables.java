package dev.netstack4j.api.neighbour;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.doc.ProvidedByCore;

/// The neighbour caches of one stack.
@ProvidedByCore
public interface NeighbourTables {
    /// The cache of a family.
    NeighbourTable table(AddressFamily family);
}
