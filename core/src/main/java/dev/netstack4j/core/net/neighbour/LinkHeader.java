package dev.netstack4j.core.net.neighbour;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.link.EthernetHeader;
import dev.netstack4j.api.runtime.Cpu;

/// A link header as it stands before every packet to one neighbour: written with three stores; none at all on a device
/// that carries bare packets. Immutable.
@Linux("include/linux/netdevice.h#hh_cache")
final class LinkHeader {
    private final long first;
    private final int second;
    private final int etherType;
    private final boolean none;

    LinkHeader(long destination, long source, int etherType, int length) {
        none = length == 0;
        first = destination << 16 | source >>> 32;
        second = (int) source;
        this.etherType = etherType;
    }

    /// Puts it before a packet.
    ///
    /// @return false when there is no memory for headroom; the packet is unchanged then
    boolean push(SkBuff skb, Cpu cpu) {
        if (none) {
            return true;
        }
        if (skb.headroom() < EthernetHeader.LENGTH && !skb.makeHeadWritable(EthernetHeader.LENGTH, cpu)) {
            return false;
        }
        int at = skb.push(EthernetHeader.LENGTH);
        skb.put64(at, first);
        skb.put32(at + 8, second);
        skb.put16(at + 12, etherType);
        return true;
    }
}
