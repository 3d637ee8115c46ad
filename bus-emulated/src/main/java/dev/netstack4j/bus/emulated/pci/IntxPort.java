package dev.netstack4j.bus.emulated.pci;

/// A chip's INTA, wired to a shared line.
final class IntxPort implements InterruptPort {
    private final IntxPin pin;
    private final int slotBit;
    private volatile boolean open = true;

    IntxPort(IntxPin pin, int slotBit) {
        this.pin = pin;
        this.slotBit = slotBit;
    }

    @Override
    public void level(boolean asserted) {
        pin.drive(slotBit, asserted && open);
        if (!open) {
            pin.drive(slotBit, false); // closed meanwhile
        }
    }

    @Override
    public void message(int vector) {}

    void close() {
        open = false;
        pin.drive(slotBit, false);
    }
}
