package dev.netstack4j.api.protocol;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.doc.ImplementedByExtensions;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.spi.PlugPoint;
import org.jspecify.annotations.Nullable;

/// What a protocol does so that many packets travel the stack as one: it merges received packets of a flow (GRO), and
/// cuts a packet that stands for several into those that the wire sees (GSO). Core decides when; it knows no protocol.
///
/// There are two tables. An offload of an EtherType finds the packet's first byte at the network header, and asks the
/// one of the IP protocol, which finds its own header marked as transport header. One per stack. Nothing here throws
/// because of a packet's bytes, nor waits, nor makes objects for a packet.
@ImplementedByExtensions
@Linux("include/linux/netdevice.h#packet_offload")
public interface PacketOffload {
    /// Offloads of EtherTypes; key: the EtherType as `0x0800`.
    PlugPoint<PacketOffload> LINK = PlugPoint.exclusive("packet-offload", PacketOffload.class);
    /// Offloads of IP protocols; key: family and number as `AF_INET/6`.
    PlugPoint<PacketOffload> INET = PlugPoint.exclusive("inet-offload", PacketOffload.class);

    /// Key of an EtherType in [#LINK].
    static String key(int etherType) {
        return "0x" + Integer.toHexString(0x1_0000 | etherType).substring(1);
    }

    /// Key of an IP protocol in [#INET].
    static String key(AddressFamily family, int protocol) {
        return family + "/" + protocol;
    }

    /// Looks at a received packet before anybody else does, and marks its headers. The packet stays with the caller.
    /// Softirq context.
    ///
    /// @return a number that packets of one flow have in common; 0 when it takes no part and goes its way alone
    int groFlow(SkBuff skb, Cpu cpu);

    /// Merges a packet for which [#groFlow] gave a number into the one before it, if it continues it exactly. Softirq
    /// context.
    ///
    /// @param held the packet of the same number that waits, or null when there is none
    /// @return what became of both; `skb` is gone after a merge and stays with the caller otherwise
    @Linux("include/linux/netdevice.h#offload_callbacks")
    GroResult groReceive(@Nullable SkBuff held, SkBuff skb, Cpu cpu);

    /// Finishes a packet into which others were merged: lengths, the count of segments, and a checksum state of
    /// PARTIAL, so that it can be cut again. The packet stays with the caller. Softirq context.
    void groComplete(SkBuff skb, Cpu cpu);

    /// Cuts a packet that stands for several (`skb.gsoSize()` is not 0; its header marks are set, anything may stand
    /// before the network header and is copied) and puts the pieces, complete but for checksums that are PARTIAL, at
    /// the end of `into`. Process or softirq context.
    ///
    /// @param share whether pieces may share the payload as fragments; else each is linear
    /// @return true: the packet is consumed; false: memory is short or the packet makes no sense, `into` is as it was
    ///     and the packet stays with the caller
    boolean gsoSegment(SkBuff skb, boolean share, SkBuffQueue into, Cpu cpu);

    /// Bytes of the headers from this protocol's own on, which each piece of a packet gets a copy of; 0 when the
    /// packet makes no sense. The packet stays with the caller.
    int gsoHeaderLength(SkBuff skb);

    /// What became of a packet that was received.
    enum GroResult {
        /// It belongs to another flow after all: nothing was done.
        OTHER,
        /// It was merged and is gone; the held one takes more.
        MERGED,
        /// It was merged and is gone; the held one goes up now.
        MERGED_LAST,
        /// It could not be merged: a held one goes up now, and this one is held in its place.
        HOLD,
        /// It is not to be merged: a held one goes up now, and this one behind it.
        PASS
    }
}
