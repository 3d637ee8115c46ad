package dev.netstack4j.core.net.receive;

import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketKind;
import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.link.EtherType;
import dev.netstack4j.api.runtime.Cpu;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// Takes a VLAN tag out of the bytes and puts it beside them. As there are no VLAN devices, a frame of a VLAN other
/// than 0 (priority only) is for nobody here but taps.
///
/// ```
/// 0     2           4
/// tci   | EtherType | payload
/// ```
@Singleton
@Linux("net/core/skbuff.c#skb_vlan_untag")
public final class VlanUntag {
    private static final int TAG = 4;
    private static final int ID = 0x0FFF;

    private final DropReason truncated;

    /// Injected.
    @Inject
    public VlanUntag(PacketReasons reasons) {
        truncated = reasons.drop("NET_VLAN_SHORT", "a frame that ends within its VLAN tag");
    }

    /// Untags a frame.
    ///
    /// @return false: it was too short and was dropped
    boolean untag(SkBuff skb, Cpu cpu) {
        if (skb.length() <= TAG || !skb.mayPull(TAG, cpu)) {
            skb.drop(truncated, cpu);
            return false;
        }
        int at = skb.data();
        int tci = skb.get16(at);
        int type = skb.get16(at + 2);
        skb.pull(TAG);
        skb.resetNetworkHeader();
        skb.protocol(type >= 0x0600 ? type : EtherType.LLC);
        if ((tci & ID) != 0) {
            skb.vlanTag(tci);
            skb.kind(PacketKind.OTHERHOST);
        }
        return true;
    }
}
