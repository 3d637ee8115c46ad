package dev.netstack4j.nic.e1000;

import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.Irq;
import dev.netstack4j.api.hardware.IrqHandler;
import dev.netstack4j.api.hardware.IrqKind;
import dev.netstack4j.api.hardware.IrqVectors;

/// A requested interrupt, and how to free it. Only the line is shared with other devices.
record OpenIrq(Irq irq, IrqHandler handler) {
    static OpenIrq request(IrqVectors vectors, String name, IrqHandler handler) throws NetException {
        Irq irq = vectors.irqs().get(0);
        irq.request(name, handler, vectors.kind() == IrqKind.INTX);
        return new OpenIrq(irq, handler);
    }

    void free() {
        irq.free(handler);
    }
}
