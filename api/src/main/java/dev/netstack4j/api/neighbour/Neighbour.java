package dev.netstack4j.api.neighbour;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.ProvidedByCore;
import dev.netstack4j.api.runtime.Cpu;

/// One entry of the neighbour cache. Any context on `cpu`.
@ProvidedByCore
@Linux("include/net/neighbour.h#neighbour")
public interface Neighbour {
    /// Its network address.
    IpAddress address();

    /// Through which device.
    NetDevice device();

    /// Its link-layer address; zero while unknown.
    MacAddress macAddress();

    /// How far it is known.
    NudState state();

    /// When its address or state changed last, on the stack's clock. A protocol that lets the first of several
    /// different answers win measures from here.
    long updatedNanos();

    /// Sends a packet to it; takes the skb, network header first. Writes the cached link header and goes to the device
    /// queue, or queues it (a few per entry) and asks for the address.
    ///
    /// @return as [dev.netstack4j.api.link.LinkLayer#devQueueXmit]
    int output(SkBuff skb, Cpu cpu);

    /// Something was learnt about it.
    ///
    /// @param state    what it is now: REACHABLE after a solicited answer, STALE otherwise
    /// @param override whether a different address replaces a known one
    @Linux("net/core/neighbour.c#neigh_update")
    void update(MacAddress address, NudState state, boolean override, Cpu cpu);

    /// A protocol above got an answer from it: it is reachable. Cheap: a timestamp.
    @Linux("include/net/sock.h#dst_confirm")
    void confirm(Cpu cpu);

    /// False once the cache has forgotten it: look it up again.
    boolean isAlive();
}
