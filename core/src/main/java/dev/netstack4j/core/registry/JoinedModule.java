package dev.netstack4j.core.registry;

import dev.netstack4j.api.spi.StackModule;

/// A module that takes part in an assembly.
///
/// @param facts  name and versions
/// @param module what declares its contributions
public record JoinedModule(ModuleFacts facts, StackModule module) {
    /// The module with its version, for messages: `qdisc-tbf 0.1.0`.
    public String label() {
        return facts.label();
    }
}
