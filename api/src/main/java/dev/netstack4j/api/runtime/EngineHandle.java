package dev.netstack4j.api.runtime;

import dev.netstack4j.api.doc.ProvidedByCore;

/// A registered engine. Ringing only sets a bit: the engine runs when the ringing CPU is left, or on the agent's next
/// turn.
@ProvidedByCore
public interface EngineHandle {
    /// Asks for a run. Any thread and context; never blocks.
    void ring();

    /// Takes the engine out; when this returns it does not run and will not run. Process context, holding no CPU.
    void remove();
}
