package dev.netstack4j.bus.qemu.pci;

import dev.netstack4j.api.hardware.IrqLine;
import dev.netstack4j.bus.qemu.machine.Machine;
import dev.netstack4j.bus.qemu.qtest.Registers;
import dev.netstack4j.bus.qemu.qtest.Width;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the interrupts of a device go. Its pin is seen at the interrupt controller of the machine. Its messages are
/// addressed to a register of the helper device `edu`, a bit for each vector; `edu` raises its own pin for them and is
/// asked which they were. So nothing is polled. What is told comes on the reading thread.
///
/// A line is raised only when the answer after the acknowledgement is there. Raised earlier, the driver may look at its
/// ring and be done before QEMU has carried the acknowledgement out, which then takes away a second message as well.
final class Interrupts implements Registers.Listener {
    /// Most vectors: bits of the helper's register.
    static final int MOST_VECTORS = 32;

    /// Pin A of slot `s` of this machine arrives at pin 20 + s % 4 of the controller.
    private static final int FIRST_PIN = 20;
    private static final int PINS = 4;

    private static final int DEVICE_PIN = FIRST_PIN + Machine.SLOT % PINS;
    private static final int MESSAGE_PIN = FIRST_PIN + Machine.MESSAGE_SLOT % PINS;
    private static final int EDU_STATUS = 0x24;
    private static final int EDU_RAISE = 0x60;
    private static final int EDU_ACKNOWLEDGE = 0x64;

    private final Registers registers;
    private final long edu;
    private volatile @Nullable IrqLine pin;
    private volatile List<IrqLine> vectors = List.of();
    private volatile boolean high;
    // the reading thread's alone
    private boolean asking;
    private int acknowledged;

    /// @param edu where the registers of the helper device lie
    Interrupts(Registers registers, long edu) {
        this.registers = registers;
        this.edu = edu;
    }

    /// The address that messages are to be written to.
    long messageAddress() {
        return edu + EDU_RAISE;
    }

    /// The pin goes to that line, or nowhere. Process context.
    void pinTo(@Nullable IrqLine line) {
        pin = line;
        if (line != null) {
            line.level(high);
        }
    }

    /// Vector `v` goes to line `v`. Process context.
    void vectorsTo(List<IrqLine> lines) {
        vectors = List.copyOf(lines);
    }

    @Override
    public void pin(int number, boolean nowHigh) {
        if (number == DEVICE_PIN) {
            high = nowHigh;
            IrqLine line = pin;
            if (line != null) {
                line.level(nowHigh);
            }
        } else if (number == MESSAGE_PIN && nowHigh && !asking) {
            ask();
        }
    }

    /// One question at a time, so that each answer follows the acknowledgement before it.
    private void ask() {
        asking = true;
        registers.askLater(Width.LONG, edu + EDU_STATUS);
    }

    /// The pin stays high while any bit is set, and does not tell of more; so it is asked until there are none.
    @Override
    public void answer(int bits) {
        asking = false;
        int safe = acknowledged;
        acknowledged = registers.isGone() ? 0 : bits;
        if (acknowledged != 0) {
            registers.post(Width.LONG, edu + EDU_ACKNOWLEDGE, bits);
            ask();
        }
        raise(safe);
    }

    private void raise(int bits) {
        List<IrqLine> to = vectors;
        for (int rest = bits; rest != 0; rest &= rest - 1) {
            int v = Integer.numberOfTrailingZeros(rest);
            if (v < to.size()) {
                to.get(v).raise();
            }
        }
    }

    @Override
    public void gone() {
        IrqLine line = pin;
        if (line != null) {
            line.level(false);
        }
    }
}
