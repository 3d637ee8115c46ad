package dev.netstack4j.bus.emulated.pci;

import dev.netstack4j.api.hardware.IrqLine;
import dev.netstack4j.api.runtime.AtomicBits;

/// One interrupt line of the bus, shared by the slots that are wired to it: high while any of them asserts. Lock-free:
/// who changes a bit tells the line what it sees, and looks again whether that still holds; so the last word agrees
/// with the bits.
final class IntxPin {
    private final IrqLine line;
    private final AtomicBits asserted;

    IntxPin(IrqLine line, AtomicBits asserted) {
        this.line = line;
        this.asserted = asserted;
    }

    IrqLine line() {
        return line;
    }

    void drive(int slotBit, boolean high) {
        int before = high ? asserted.getAndSet(slotBit) : asserted.getAndClear(slotBit);
        int after = high ? before | slotBit : before & ~slotBit;
        if ((before != 0) != (after != 0)) {
            settle();
        }
    }

    private void settle() {
        boolean high;
        do {
            high = asserted.get() != 0;
            line.level(high);
        } while (high != (asserted.get() != 0));
    }
}
