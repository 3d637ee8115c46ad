package dev.netstack4j.api.neighbour;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.ProvidedByCore;
import dev.netstack4j.api.runtime.Cpu;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The neighbour cache of one address family. Any context.
@ProvidedByCore
@Linux("include/net/neighbour.h#neigh_table")
public interface NeighbourTable {
    /// The entry of an address, made when missing; null when the table is full.
    @Nullable
    Neighbour resolve(IpAddress address, NetDevice device, Cpu cpu);

    /// The entry of an address, or null.
    @Nullable
    Neighbour find(IpAddress address, NetDevice device);

    /// Sets an entry by hand.
    void setPermanent(IpAddress address, NetDevice device, MacAddress mac, Cpu cpu);

    /// Removes an entry; packets that wait are dropped.
    void remove(IpAddress address, NetDevice device, Cpu cpu);

    /// All entries, by address.
    List<Neighbour> entries();
}
