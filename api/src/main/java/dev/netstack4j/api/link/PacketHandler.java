package dev.netstack4j.api.link;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.ImplementedByExtensions;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;

/// Receives the frames of one EtherType, or of all (a tap). It takes valid packets (PTYPE-1), after bad ones as before
/// (PTYPE-12), and ends every packet with a reason (PTYPE-2). It never throws, whatever the bytes (PTYPE-3), however
/// early they end (PTYPE-4), whichever of them are wrong (PTYPE-5), and also when memory is used up (PTYPE-8). It never
/// waits (PTYPE-7). Time and chance come from what it injects (PTYPE-11).
@ImplementedByExtensions
@Linux("include/linux/netdevice.h#packet_type")
public interface PacketHandler {
    /// Takes a packet; the handler owns it. Softirq context on `cpu`. The link-layer header is pulled and marked, the
    /// network header is marked at the first byte. Nothing needs to be linear (PTYPE-9). Bytes that another packet
    /// shares must not be changed (PTYPE-6); a tap gets a clone. Packets for other stations are not answered
    /// (PTYPE-13).
    ///
    /// @param device   on which it is received now
    /// @param original on which it came in, when a virtual device lies between
    void receive(SkBuff skb, NetDevice device, NetDevice original, Cpu cpu);

    /// Takes several packets of one device, as if they came one by one (PTYPE-10); the handler owns them and leaves
    /// the list empty.
    default void receiveList(SkBuffQueue list, NetDevice device, Cpu cpu) {
        for (SkBuff skb = list.poll(); skb != null; skb = list.poll()) {
            receive(skb, device, device, cpu);
        }
    }
}
