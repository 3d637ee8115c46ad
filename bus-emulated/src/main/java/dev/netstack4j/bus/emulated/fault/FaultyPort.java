package dev.netstack4j.bus.emulated.fault;

import dev.netstack4j.bus.emulated.pci.InterruptPort;

/// The way of a device's interrupts, on which some are lost, come twice, or out of nowhere. Any thread.
final class FaultyPort implements InterruptPort {
    private final InterruptPort inner;
    private final IrqFaults faults;
    private volatile boolean high;

    FaultyPort(InterruptPort inner, IrqFaults faults) {
        this.inner = inner;
        this.faults = faults;
    }

    @Override
    public void level(boolean asserted) {
        high = asserted;
        if (asserted && faults.loses()) {
            return;
        }
        inner.level(asserted);
        if (asserted) {
            faults.sent(0);
        }
    }

    @Override
    public void message(int vector) {
        if (faults.loses()) {
            return;
        }
        inner.message(vector);
        faults.sent(vector);
    }

    @Override
    public int vectors() {
        return inner.vectors();
    }

    /// An interrupt that the device did not send. A line that is high is left alone: it interrupts anyway.
    void comesFromNowhere(int vector) {
        inner.message(vector);
        if (!high) {
            inner.level(true);
            inner.level(high);
        }
    }
}
