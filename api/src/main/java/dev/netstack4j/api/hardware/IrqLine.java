package dev.netstack4j.api.hardware;

import dev.netstack4j.api.doc.ProvidedByCore;

/// One interrupt, as a bus sees it. Raising sets a bit on the target CPU and wakes it if it is idle; nothing runs in
/// the caller.
@ProvidedByCore
public interface IrqLine {
    /// The driver's side.
    Irq irq();

    /// Signals an edge (MSI, MSI-X). Any thread.
    void raise();

    /// Sets a level (INTx): while it is high, handlers are called again. Any thread.
    void level(boolean high);

    /// Returns the line to the stack. Process context.
    void release();
}
