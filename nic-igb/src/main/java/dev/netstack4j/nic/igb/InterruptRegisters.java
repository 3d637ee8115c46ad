package dev.netstack4j.nic.igb;

import static dev.netstack4j.nic.igb.Registers.*;

import dev.netstack4j.api.hardware.IoMemory;

/// Causes, masks, and which cause goes to which vector. With several vectors, vector 0 is for everything but queues,
/// and vector `q + 1` for queue pair `q`; each vector masks itself when it fires. With one vector, ICR says what
/// happened.
final class InterruptRegisters {
    /// What the driver wants to be woken for when it has one vector.
    static final int SINGLE_CAUSES = INT_RXDW | INT_RXO | INT_RXDMT0 | INT_LSC | INT_TXDW;

    private static final int ALL = -1;
    private static final int IVAR_QUEUES = 8;
    private static final int NANOS_PER_STEP = 1000;
    static final long MOST_COALESCE_NANOS = (long) EITR_MOST * NANOS_PER_STEP;

    private final IoMemory registers;

    InterruptRegisters(IoMemory registers) {
        this.registers = registers;
    }

    /// Any context.
    void maskAll() {
        registers.write32(IMC, ALL);
        registers.write32(EIMC, ALL);
    }

    /// Maps causes to vectors. The device is quiet.
    void configure(boolean multiple, int queues) {
        registers.write32(GPIE, multiple ? GPIE_PBA | GPIE_EIAME | GPIE_MULTIPLE_MSIX | GPIE_NSICR : 0);
        for (int q = 0; q < IVAR_QUEUES; q++) {
            int entry = q < queues ? IVAR_VALID | (multiple ? q + 1 : 0) : 0;
            registers.write32(IVAR + 4 * q, entry | entry << IVAR_TX_SHIFT);
        }
        registers.write32(IVAR_MISC, IVAR_VALID << IVAR_OTHER_SHIFT);
        int vectors = multiple ? (1 << queues + 1) - 1 : 0;
        registers.write32(EIAC, vectors);
        registers.write32(EIAM, vectors);
    }

    /// Lets everything through.
    void unmask(boolean multiple, int queues) {
        if (multiple) {
            registers.write32(EIMS, (1 << queues + 1) - 1);
            registers.write32(IMS, INT_LSC);
        } else {
            registers.write32(IMS, SINGLE_CAUSES);
        }
    }

    // ---- several vectors; any context

    void unmaskVector(int vector) {
        registers.write32(EIMS, 1 << vector);
    }

    // ---- one vector; any context

    void maskSingle() {
        registers.write32(IMC, ALL);
    }

    void unmaskSingle() {
        registers.write32(IMS, SINGLE_CAUSES);
    }

    /// What happened; reading clears it. 0 when nothing did, or the device is gone. Hardirq context.
    int takeCauses() {
        int causes = registers.read32(ICR);
        return causes == GONE ? 0 : causes;
    }

    // ---- moderation

    /// Least time between two interrupts of a vector; in whole microseconds, rounded up.
    void coalesce(int vector, long nanos) {
        int micros = (int) ((nanos + NANOS_PER_STEP - 1) / NANOS_PER_STEP);
        registers.write32(EITR + 4 * vector, micros << EITR_SHIFT);
    }
}
