package dev.netstack4j.nic.e1000;

import static dev.netstack4j.nic.e1000.Registers.GONE;
import static dev.netstack4j.nic.e1000.Registers.MDIC;
import static dev.netstack4j.nic.e1000.Registers.MDIC_ERROR;
import static dev.netstack4j.nic.e1000.Registers.MDIC_PHY;
import static dev.netstack4j.nic.e1000.Registers.MDIC_READ;
import static dev.netstack4j.nic.e1000.Registers.MDIC_READY;
import static dev.netstack4j.nic.e1000.Registers.MDIC_REGISTER_SHIFT;
import static dev.netstack4j.nic.e1000.Registers.MDIC_WRITE;

import dev.netstack4j.api.hardware.IoMemory;

/// The registers of the PHY, reached through MDIC one at a time (manual, 13.4.5). Process context under the control
/// lock.
final class Phy {
    /// What a read answers when the PHY does not.
    static final int SILENT = -1;

    private static final int CONTROL = 0;
    private static final int CONTROL_RESTART = 1 << 9;
    private static final int CONTROL_NEGOTIATE = 1 << 12;
    private static final int ADVERTISED = 4;
    private static final int PARTNER = 5;
    private static final int MOST_POLLS = 10_000;
    private static final int DATA = 0xFFFF;

    private final IoMemory registers;

    Phy(IoMemory registers) {
        this.registers = registers;
    }

    /// What this end tells the other of its abilities, or [#SILENT].
    int advertised() {
        return access(MDIC_READ, ADVERTISED, 0);
    }

    /// What the other end tells of its own, or [#SILENT]. 0 without a link.
    int partner() {
        return access(MDIC_READ, PARTNER, 0);
    }

    /// Tells other abilities than before: both ends negotiate again, and the link is gone meanwhile.
    void advertise(int abilities) {
        access(MDIC_WRITE, ADVERTISED, abilities);
        int control = access(MDIC_READ, CONTROL, 0);
        if (control != SILENT) {
            access(MDIC_WRITE, CONTROL, control | CONTROL_NEGOTIATE | CONTROL_RESTART);
        }
    }

    private int access(int operation, int register, int data) {
        registers.write32(MDIC, operation | MDIC_PHY | register << MDIC_REGISTER_SHIFT | data);
        for (int polls = 0; polls < MOST_POLLS; polls++) {
            int value = registers.read32(MDIC);
            if (value == GONE || (value & MDIC_ERROR) != 0) {
                return SILENT;
            }
            if ((value & MDIC_READY) != 0) {
                return value & DATA;
            }
        }
        return SILENT;
    }
}
