package dev.netstack4j.pci.trace;

import dev.netstack4j.api.hardware.Irq;
import dev.netstack4j.api.hardware.IrqKind;
import dev.netstack4j.api.hardware.IrqVectors;
import java.util.List;

/// Vectors of a device that is listened to.
final class TracedVectors implements IrqVectors {
    private final IrqVectors inner;
    private final Recorder recorder;
    private final List<Irq> irqs;

    TracedVectors(IrqVectors inner, Recorder recorder) {
        this.inner = inner;
        this.recorder = recorder;
        irqs = inner.irqs().stream()
                .map(i -> (Irq) new TracedIrq(i, inner.irqs().indexOf(i), recorder))
                .toList();
    }

    @Override
    public IrqKind kind() {
        return inner.kind();
    }

    @Override
    public List<Irq> irqs() {
        return irqs;
    }

    @Override
    public void free() {
        recorder.event("slot", "vectors-freed", "");
        inner.free();
    }
}
