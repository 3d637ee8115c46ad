package dev.netstack4j.bus.emulated.pci;

/// Where a chip's interrupts go. A chip reports both views of a change; the port takes the one of its kind. Any thread.
public interface InterruptPort {
    /// Interrupts go nowhere.
    InterruptPort NONE = new InterruptPort() {
        @Override
        public void level(boolean asserted) {}

        @Override
        public void message(int vector) {}
    };

    /// How many vectors lead somewhere.
    default int vectors() {
        return 1;
    }

    /// The level of the chip's INTA pin.
    void level(boolean asserted);

    /// The chip sends the message of a vector (0 with plain MSI).
    void message(int vector);
}
