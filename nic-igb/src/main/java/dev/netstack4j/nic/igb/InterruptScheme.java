package dev.netstack4j.nic.igb;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.Irq;
import dev.netstack4j.api.hardware.IrqKind;
import dev.netstack4j.api.hardware.IrqVectors;
import dev.netstack4j.api.hardware.PciDevice;
import java.util.List;

/// The vectors that the device was granted, and how many queue pairs they serve: with MSI-X one vector for each pair
/// and one for all else, otherwise one vector and one pair. Process context under the control lock.
@Linux("drivers/net/ethernet/intel/igb/igb_main.c#igb_set_interrupt_capability")
final class InterruptScheme {
    private final IrqVectors vectors;
    private final int queues;

    private InterruptScheme(IrqVectors vectors, int queues) {
        this.vectors = vectors;
        this.queues = queues;
    }

    /// Asks for the best: MSI-X, then MSI, then the line.
    ///
    /// @param wanted queue pairs
    static InterruptScheme best(PciDevice pdev, int wanted) throws NetException {
        try {
            IrqVectors granted = pdev.allocIrqVectors(2, wanted + 1, List.of(IrqKind.MSI_X));
            return new InterruptScheme(granted, Math.min(wanted, granted.irqs().size() - 1));
        } catch (NetException refused) {
            return single(pdev, List.of(IrqKind.MSI, IrqKind.INTX));
        }
    }

    private static InterruptScheme single(PciDevice pdev, List<IrqKind> kinds) throws NetException {
        return new InterruptScheme(pdev.allocIrqVectors(1, 1, kinds), 1);
    }

    /// Whether there is a kind of interrupt below this one.
    boolean hasFallback() {
        return vectors.kind() != IrqKind.INTX;
    }

    /// Gives these vectors back, then asks for those of the next kind below.
    InterruptScheme fallBack(PciDevice pdev) throws NetException {
        vectors.free(); // before others are asked for
        boolean wasMsix = vectors.kind() == IrqKind.MSI_X;
        return single(pdev, wasMsix ? List.of(IrqKind.MSI, IrqKind.INTX) : List.of(IrqKind.INTX));
    }

    /// Whether queues have vectors of their own.
    boolean isMultiple() {
        return vectors.kind() == IrqKind.MSI_X;
    }

    IrqKind kind() {
        return vectors.kind();
    }

    /// Queue pairs.
    int queues() {
        return queues;
    }

    /// The interrupt of a queue pair.
    Irq irqOf(int queue) {
        return vectors.irqs().get(isMultiple() ? queue + 1 : 0);
    }

    /// The interrupt of everything else.
    Irq other() {
        return vectors.irqs().get(0);
    }

    void free() {
        vectors.free();
    }
}
