package dev.netstack4j.api.link;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.ImplementedByExtensions;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;

/// Receives the frames of one EtherType, or of all (a tap).
@ImplementedByExtensions
@Linux("include/linux/netdevice.h#packet_type")
public interface PacketHandler {
    /// Takes a packet; the handler owns it. Softirq context on `cpu`. The link-layer header is pulled and marked, the
    /// network header is marked at the first byte. A tap gets a clone, whose bytes it must not change.
    ///
    /// @param device   on which it is received now
    /// @param original on which it came in, when a virtual device lies between
    void receive(SkBuff skb, NetDevice device, NetDevice original, Cpu cpu);

    /// Takes several packets of one device; the handler owns them and leaves the list empty.
    default void receiveList(SkBuffQueue list, NetDevice device, Cpu cpu) {
        for (SkBuff skb = list.poll(); skb != null; skb = list.poll()) {
            receive(skb, device, device, cpu);
        }
    }
}
