package dev.netstack4j.proto.ipv4.output;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.neighbour.Neighbour;
import dev.netstack4j.api.neighbour.NeighbourTable;
import dev.netstack4j.api.neighbour.NeighbourTables;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.ipv4.accounting.IpCounters;
import dev.netstack4j.proto.ipv4.accounting.IpReasons;
import dev.netstack4j.proto.ipv4.route.Ipv4Dst;
import jakarta.inject.Inject;

/// Hands a packet that fits to the neighbour that its dst leads to.
@Linux("net/ipv4/ip_output.c#ip_finish_output2")
public final class LastStep {
    private final NeighbourTable neighbours;
    private final IpCounters counters;
    private final IpReasons reasons;

    /// Over the neighbours of IPv4.
    @Inject
    public LastStep(NeighbourTables tables, IpCounters counters, IpReasons reasons) {
        this.neighbours = tables.table(AddressFamily.INET);
        this.counters = counters;
        this.reasons = reasons;
    }

    /// Sends it; takes the skb.
    ///
    /// @return a result of the device queue, or a negative error
    public int send(SkBuff skb, Cpu cpu) {
        Neighbour n = skb.dst() instanceof Ipv4Dst dst ? dst.neighbour(neighbours, cpu) : null;
        if (n == null) {
            counters.outDiscards.increment(cpu);
            skb.drop(reasons.noNeighbour, cpu);
            return Errno.ENOBUFS.negative();
        }
        return n.output(skb, cpu);
    }
}
