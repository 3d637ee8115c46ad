package dev.netstack4j.bus.qemu.pci;

import dev.netstack4j.api.hardware.Irq;
import dev.netstack4j.api.hardware.IrqKind;
import dev.netstack4j.api.hardware.IrqVectors;
import java.util.List;

/// Vectors that a driver holds.
final class GrantedVectors implements IrqVectors {
    private final IrqKind kind;
    private final List<Irq> irqs;
    private final Runnable giveBack;
    private boolean freed;

    GrantedVectors(IrqKind kind, List<Irq> irqs, Runnable giveBack) {
        this.kind = kind;
        this.irqs = List.copyOf(irqs);
        this.giveBack = giveBack;
    }

    @Override
    public IrqKind kind() {
        return kind;
    }

    @Override
    public List<Irq> irqs() {
        return irqs;
    }

    @Override
    public void free() {
        if (!freed) {
            freed = true;
            giveBack.run();
        }
    }
}
