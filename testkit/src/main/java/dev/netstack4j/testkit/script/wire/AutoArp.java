package dev.netstack4j.testkit.script.wire;

import dev.netstack4j.testkit.script.model.Layer;
import org.jspecify.annotations.Nullable;

/// Answers the host's questions for addresses, so that scripts of other protocols need not speak of them.
public final class AutoArp {
    private final boolean on;
    private final Conversation conversation;

    /// @param on whether it does anything
    public AutoArp(boolean on, Conversation conversation) {
        this.on = on;
        this.conversation = conversation;
    }

    /// Whether the script does not see a frame of the host.
    public boolean hides(byte[] frame) {
        return on && arp(frame) != null;
    }

    /// The peer's answer; null when there is none.
    public byte @Nullable [] answer(byte[] frame) {
        Layer arp = on ? arp(frame) : null;
        if (arp == null || arp.number("op", 0) != 1 || arp.number("tpa", 0) == conversation.hostIp) {
            return null;
        }
        long asker = arp.number("sha", 0);
        return new Bits()
                .u48(asker)
                .u48(Conversation.PEER_MAC)
                .u16(Protocols.ETHERTYPE_ARP)
                .u16(1)
                .u16(Protocols.ETHERTYPE_IP)
                .u8(6)
                .u8(4)
                .u16(2)
                .u48(Conversation.PEER_MAC)
                .u32(arp.number("tpa", 0))
                .u48(asker)
                .u32(arp.number("spa", 0))
                .toArray();
    }

    private static @Nullable Layer arp(byte[] frame) {
        return PacketReader.frame(frame).layer("arp");
    }
}
