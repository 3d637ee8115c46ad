package dev.netstack4j.bus.emulated.pci;

import dev.netstack4j.api.hardware.IrqLine;
import java.util.List;

/// Message-signalled interrupts, one line per vector.
final class MessagePort implements InterruptPort {
    private final List<IrqLine> lines;

    MessagePort(List<IrqLine> lines) {
        this.lines = List.copyOf(lines);
    }

    @Override
    public int vectors() {
        return lines.size();
    }

    @Override
    public void level(boolean asserted) {}

    @Override
    public void message(int vector) {
        lines.get(vector).raise();
    }
}
