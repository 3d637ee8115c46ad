package dev.netstack4j.api.buffer;

import dev.netstack4j.api.doc.Linux;

/// To whom a frame was addressed.
@Linux("include/uapi/linux/if_packet.h#PACKET_HOST")
public enum PacketKind {
    /// To this host.
    HOST,
    /// To everybody.
    BROADCAST,
    /// To a group.
    MULTICAST,
    /// To somebody else.
    OTHERHOST,
    /// Sent by this host (what taps see).
    OUTGOING,
    /// Looped back.
    LOOPBACK
}
