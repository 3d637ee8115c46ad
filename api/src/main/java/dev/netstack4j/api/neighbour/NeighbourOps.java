package dev.netstack4j.api.neighbour;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.ImplementedByExtensions;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.spi.PlugPoint;
import org.jspecify.annotations.Nullable;

/// How a family's neighbours are asked for; one per family and stack. The key of the contribution is the family's name
/// (`AF_INET`).
@ImplementedByExtensions
@Linux("include/net/neighbour.h#neigh_ops")
public interface NeighbourOps {
    /// Where it is contributed.
    PlugPoint<NeighbourOps> POINT = PlugPoint.exclusive("neighbour", NeighbourOps.class);

    /// The contribution key of a family.
    static String key(AddressFamily family) {
        return family.toString();
    }

    /// Asks for a neighbour's address: to everybody while INCOMPLETE, to the known address in PROBE. Softirq or process
    /// context on `cpu`, no lock held.
    ///
    /// @param waiting a packet that waits for the answer, to choose a source address by; stays with the caller
    void solicit(Neighbour neighbour, @Nullable SkBuff waiting, Cpu cpu);

    /// The neighbour did not answer: `waiting` is about to be dropped, tell its sender (ICMP host unreachable).
    default void failed(Neighbour neighbour, SkBuff waiting, Cpu cpu) {}

    /// The neighbour's EtherType for the cached link header, for example IPv4's.
    int etherType();

    /// A fixed link-layer address for addresses that need no asking (multicast, broadcast), in the low 48 bits; -1 for
    /// all others.
    default long fixedMac(dev.netstack4j.api.address.IpAddress address, NetDevice device) {
        return -1;
    }
}
