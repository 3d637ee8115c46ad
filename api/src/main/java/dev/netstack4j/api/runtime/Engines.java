package dev.netstack4j.api.runtime;

import dev.netstack4j.api.doc.ProvidedByCore;

/// Registers engines with the stack whose CPUs drive them.
@ProvidedByCore
public interface Engines {
    /// Adds an engine.
    ///
    /// @param name for listings and traces
    EngineHandle add(String name, Engine engine);
}
