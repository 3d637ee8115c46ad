package dev.netstack4j.api.buffer;

import dev.netstack4j.api.doc.ProvidedByCore;

/// Declares the reasons for which a stack's packets end. Call from constructors. One name is one reason, whoever
/// declares it.
@ProvidedByCore
public interface PacketReasons {
    /// Declares a reason to drop.
    ///
    /// @param name        upper-case, led by the module's short name: `TCP_CSUM`
    /// @param description one phrase for people
    DropReason drop(String name, String description);

    /// Declares a way to end well.
    ConsumeReason consume(String name, String description);
}
