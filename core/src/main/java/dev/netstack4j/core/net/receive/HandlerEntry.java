package dev.netstack4j.core.net.receive;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.link.PacketHandler;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.core.net.failure.FailureSite;
import org.jspecify.annotations.Nullable;

/// One handler in the packet type table: for one EtherType or all, for one device or all.
@Linux("include/linux/netdevice.h#packet_type")
public final class HandlerEntry {
    private final int etherType;
    private final @Nullable NetDevice device;
    private final PacketHandler handler;
    private final FailureSite site;

    /// @param site around the handler's code
    public HandlerEntry(int etherType, @Nullable NetDevice device, PacketHandler handler, FailureSite site) {
        this.etherType = etherType;
        this.device = device;
        this.handler = handler;
        this.site = site;
    }

    /// Its EtherType.
    public int etherType() {
        return etherType;
    }

    /// Whether it takes frames of every device.
    public boolean isForAllDevices() {
        return device == null;
    }

    /// Whose handler it is.
    public String owner() {
        return site.owner();
    }

    /// Whether it takes frames of `current`, which came in on `original`.
    public boolean wants(NetDevice current, NetDevice original) {
        return device == null || device == current || device == original;
    }

    /// Hands it a packet.
    @Linux("net/core/dev.c#deliver_skb")
    public void deliver(SkBuff skb, NetDevice current, NetDevice original, Cpu cpu) {
        int handovers = skb.handovers();
        try {
            handler.receive(skb, current, original, cpu);
        } catch (Throwable t) {
            site.failedWith(skb, handovers, "receive", t, cpu);
        }
    }

    /// Hands it a clone; without memory for one it misses the packet.
    public void deliverClone(SkBuff skb, NetDevice current, NetDevice original, Cpu cpu) {
        deliver(skb.clone(cpu), current, original, cpu);
    }

    /// Hands it several packets of one device.
    void deliverList(SkBuffQueue list, BatchMembers members, NetDevice current, Cpu cpu) {
        try {
            handler.receiveList(list, current, cpu);
        } catch (Throwable t) {
            site.failed("receiveList", t, cpu);
            site.reclaim(list, cpu);
            members.reclaim(site, cpu);
        }
        if (!list.isEmpty()) {
            site.reclaim(list, cpu);
        }
    }
}
