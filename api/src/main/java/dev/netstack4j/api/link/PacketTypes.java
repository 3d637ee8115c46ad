package dev.netstack4j.api.link;

import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.ProvidedByCore;
import org.jspecify.annotations.Nullable;

/// The packet type table of one stack. Handlers contributed by modules are in it from the start; these calls add and
/// remove at run time. Process context, holding no CPU.
@ProvidedByCore
@Linux("net/core/dev.c#dev_add_pack")
public interface PacketTypes {
    /// Adds a handler.
    ///
    /// @param etherType a protocol, or [EtherType#ALL] for a tap, which sees frames of both directions
    /// @param device    only frames of this device, or null for all
    /// @param owner     who adds it, for messages
    /// @throws IllegalStateException when the EtherType has an owner already and no device is given
    Registration add(int etherType, @Nullable NetDevice device, PacketHandler handler, String owner);
}
