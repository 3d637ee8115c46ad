package dev.netstack4j.api.hardware;

import dev.netstack4j.api.doc.ImplementedByExtensions;
import java.util.List;

/// The interrupt vectors that a driver was granted.
@ImplementedByExtensions
public interface IrqVectors {
    /// Of which kind they are.
    IrqKind kind();

    /// One entry per vector, in the order of the device.
    List<Irq> irqs();

    /// Gives them back, with their lines (BUS-14); every handler was freed before. Process context under the control
    /// lock.
    void free();
}
