package dev.netstack4j.api.hardware;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.ProvidedByCore;
import dev.netstack4j.api.error.NetException;

/// One interrupt, as a driver sees it.
@ProvidedByCore
public interface Irq {
    /// Its number within the stack.
    int number();

    /// Adds a handler and lets the interrupt through. Process context.
    ///
    /// @param shared whether other handlers may sit on the same line; all must agree
    /// @throws NetException EBUSY when a handler is there and one of both does not share
    @Linux("kernel/irq/manage.c#request_irq")
    void request(String name, IrqHandler handler, boolean shared) throws NetException;

    /// Removes a handler; when this returns it does not run and will not run. Process context, holding no CPU.
    @Linux("kernel/irq/manage.c#free_irq")
    void free(IrqHandler handler);

    /// Moves it to another CPU from the next interrupt on.
    @Linux("kernel/irq/manage.c#irq_set_affinity")
    void affinity(int cpuId);

    /// The CPU on which it is handled.
    int affinity();

    /// How often it was handled.
    long count();

    /// How often it was handled on that CPU.
    default long count(int cpuId) {
        return cpuId == affinity() ? count() : 0;
    }

    /// Who requested it, comma between those that share it; empty when nobody has.
    default String users() {
        return "";
    }
}
