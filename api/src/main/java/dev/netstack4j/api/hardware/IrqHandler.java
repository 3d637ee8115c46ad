package dev.netstack4j.api.hardware;

import dev.netstack4j.api.doc.ImplementedByExtensions;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;

/// A driver's interrupt handler: reads the cause, masks, schedules NAPI, and returns.
@ImplementedByExtensions
@Linux("include/linux/interrupt.h#irq_handler_t")
@FunctionalInterface
public interface IrqHandler {
    /// Hardirq context on `cpu`. Never waits, makes or frees no packet (NDO-44) and runs no protocol code.
    Result handle(Cpu cpu);

    /// Whose interrupt it was.
    enum Result {
        /// This device's.
        HANDLED,
        /// Not this device's: another handler of a shared line may know it (NDO-15).
        NONE
    }
}
