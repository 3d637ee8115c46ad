package dev.netstack4j.bus.emulated.i82576;

import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.Engine;
import dev.netstack4j.api.runtime.SpinLock;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.bus.emulated.pci.InterruptPort;

/// Causes, masks and vectors. With GPIE.Multiple_MSIX each queue's cause goes to the vector that IVAR names, all other
/// causes to that of IVAR_MISC; otherwise everything is one interrupt, asserted while ICR & IMS or EICR & EIMS holds.
/// A vector begins no new interrupt before its EITR has passed. Causes come from the engine, from the wire's side and
/// from registers, on any thread: one lock guards all; it is not held while the port is called.
final class InterruptUnit {
    /// Entries of the MSI-X table.
    static final int VECTORS = 10;

    private static final int QUEUES_PER_IVAR = 8;
    private static final int VALID = 0x80;
    private static final int VECTOR_BITS = (1 << VECTORS) - 1;
    /// Vector bits, and in EICR the bit for all other causes outside multiple MSI-X.
    private static final int OTHER = 1 << 31;

    private static final int EXTENDED_BITS = 0x8000_FFFF | VECTOR_BITS;
    private static final int NANOS_PER_STEP = 1000;

    private final SpinLock lock;
    private final Clock clock;
    private final Runnable ring;
    private final int[] ivar = new int[QUEUES_PER_IVAR];
    private final int[] eitr = new int[25];
    private final long[] quietUntil = new long[VECTORS];
    private volatile InterruptPort port = InterruptPort.NONE;
    private volatile boolean asserted;
    private volatile long deadline = Engine.NEVER;
    private long next;
    private int ivarMisc;
    private int icr;
    private int ims;
    private int iam;
    private boolean iame;
    private int gpie;
    private int eicr;
    private int eims;
    private int eiac;
    private int eiam;
    /// Vectors whose message stands for what is pending.
    private int sent;

    /// @param ring asks the engine to look at [#deadline()] anew
    InterruptUnit(Sync sync, Clock clock, Runnable ring) {
        this.lock = sync.spinLock("82576 interrupts");
        this.clock = clock;
        this.ring = ring;
    }

    private boolean multiple() {
        return (gpie & Reg.GPIE_MULTIPLE_MSIX) != 0;
    }

    // ---- registers

    static boolean owns(int offset) {
        return offset >= Reg.ICR_LOW && offset <= Reg.IAM_LOW || offset >= Reg.ICR && offset <= Reg.IVAR_MISC;
    }

    /// Both places of a register that has two.
    private static int canonical(int offset) {
        return offset >= Reg.ICR_LOW && offset <= Reg.IAM_LOW ? Reg.ICR + (offset - Reg.ICR_LOW) / 2 : offset;
    }

    int read(int offset) {
        int register = canonical(offset);
        int value;
        lock.lock();
        try {
            value = switch (register) {
                case Reg.ICR -> takeCauses();
                case Reg.IMS -> ims;
                case Reg.IAM -> iam;
                case Reg.GPIE -> gpie;
                case Reg.EIMS -> eims;
                case Reg.EIAC -> eiac;
                case Reg.EIAM -> eiam;
                case Reg.EICR -> takeVectors();
                case Reg.IVAR_MISC -> ivarMisc;
                default -> readTable(register);
            };
        } finally {
            lock.unlock();
        }
        evaluate();
        return value;
    }

    private int readTable(int register) {
        if (register >= Reg.EITR && register < Reg.EITR_END) {
            return eitr[register - Reg.EITR >> 2];
        }
        return register >= Reg.IVAR && register < Reg.IVAR_END ? ivar[register - Reg.IVAR >> 2] : 0;
    }

    /// A read of ICR clears it when an interrupt was asserted, or nothing is enabled, or GPIE says always.
    private int takeCauses() {
        int causes = icr;
        boolean told = (causes & Reg.INT_ASSERTED) != 0;
        if (told || ims == 0 || (gpie & Reg.GPIE_NSICR) != 0) {
            icr = 0;
            ims &= told && iame ? ~iam : ~0;
        }
        return causes;
    }

    private int takeVectors() {
        int vectors = eicr;
        eicr = 0;
        maskAfterAccess(vectors);
        return vectors;
    }

    private void maskAfterAccess(int vectors) {
        if ((gpie & Reg.GPIE_EIAME) == 0) {
            eims &= ~(eiam & vectors);
        }
    }

    void write(int offset, int value) {
        int register = canonical(offset);
        lock.lock();
        try {
            writeLocked(register, value);
        } finally {
            lock.unlock();
        }
        evaluate();
    }

    private void writeLocked(int register, int value) {
        switch (register) {
            case Reg.ICR -> icr &= ~value;
            case Reg.ICS -> addCauses(value & Reg.CAUSES);
            case Reg.IMS -> unmask(value & Reg.CAUSES);
            case Reg.IMC -> ims &= ~value;
            case Reg.IAM -> iam = value;
            case Reg.GPIE -> gpie = value;
            case Reg.EICS -> eicr |= value & EXTENDED_BITS;
            case Reg.EIMS -> eims |= value & EXTENDED_BITS;
            case Reg.EIMC -> eims &= ~value;
            case Reg.EIAC -> eiac = value & EXTENDED_BITS;
            case Reg.EIAM -> eiam = value & EXTENDED_BITS;
            case Reg.EICR -> {
                eicr &= ~value;
                maskAfterAccess(value);
            }
            case Reg.IVAR_MISC -> ivarMisc = value;
            default -> writeTable(register, value);
        }
    }

    private void writeTable(int register, int value) {
        if (register >= Reg.EITR && register < Reg.EITR_END) {
            eitr[register - Reg.EITR >> 2] = value & 0x7FFF;
        } else if (register >= Reg.IVAR && register < Reg.IVAR_END) {
            ivar[register - Reg.IVAR >> 2] = value;
        }
    }

    private void unmask(int causes) {
        ims |= causes;
        if ((icr & causes) != 0) {
            tellOther();
        }
    }

    /// CTRL_EXT.IAME: a read of ICR that tells of an interrupt masks the causes of IAM.
    void autoMask(boolean on) {
        lock.lock();
        iame = on;
        lock.unlock();
    }

    // ---- causes

    /// Something happened that belongs to no queue.
    void raise(int causes) {
        lock.lock();
        try {
            addCauses(causes & Reg.CAUSES);
        } finally {
            lock.unlock();
        }
        evaluate();
    }

    private void addCauses(int causes) {
        icr |= causes;
        if ((causes & ims) != 0) {
            tellOther();
        }
    }

    private void tellOther() {
        int entry = ivarMisc >>> 8 & 0xFF;
        if (!multiple()) {
            eicr |= OTHER;
        } else if ((entry & VALID) != 0) {
            eicr |= 1 << (entry & 31);
        }
    }

    /// Descriptors were written back.
    ///
    /// @param rx bit set of receive queues
    /// @param tx bit set of transmit queues
    void queues(int rx, int tx) {
        lock.lock();
        try {
            eicr |= (vectorsOf(rx, 0) | vectorsOf(tx, 8)) & EXTENDED_BITS;
            if (!multiple()) {
                icr |= (rx != 0 ? Reg.RXDW : 0) | (tx != 0 ? Reg.TXDW : 0);
            }
        } finally {
            lock.unlock();
        }
        evaluate();
    }

    private int vectorsOf(int queues, int shift) {
        int vectors = 0;
        for (int left = queues; left != 0; left &= left - 1) {
            int q = Integer.numberOfTrailingZeros(left);
            int entry = ivar[q % QUEUES_PER_IVAR] >>> shift + (q < QUEUES_PER_IVAR ? 0 : 16);
            vectors |= (entry & VALID) != 0 ? 1 << (entry & 31) : 0;
        }
        return vectors;
    }

    void port(InterruptPort now) {
        port = now;
        lock.lock();
        try {
            asserted = false;
            sent = 0;
        } finally {
            lock.unlock();
        }
        evaluate();
    }

    void reset() {
        lock.lock();
        try {
            java.util.Arrays.fill(ivar, 0);
            java.util.Arrays.fill(eitr, 0);
            ivarMisc = 0;
            icr = 0;
            ims = 0;
            iam = 0;
            iame = false;
            gpie = 0;
            eicr = 0;
            eims = 0;
            eiac = 0;
            eiam = 0;
        } finally {
            lock.unlock();
        }
        evaluate();
    }

    // ---- signalling

    /// When a waiting vector may be signalled.
    long deadline() {
        return deadline;
    }

    /// The engine's turn: signals what had to wait.
    boolean expire(long now) {
        boolean due = deadline <= now;
        if (due) {
            evaluate();
        }
        return due;
    }

    private void evaluate() {
        int fire;
        boolean before;
        boolean waits;
        lock.lock();
        try {
            long deadlineBefore = deadline;
            next = Engine.NEVER;
            before = asserted;
            fire = multiple() ? updateVectors() : updateSingle();
            deadline = next;
            waits = next < deadlineBefore;
        } finally {
            lock.unlock();
        }
        for (int left = fire; left != 0; left &= left - 1) {
            port.message(Integer.numberOfTrailingZeros(left));
        }
        if (asserted != before) {
            settleLevel();
        }
        if (waits) {
            ring.run();
        }
    }

    private int updateVectors() {
        asserted = false;
        int pending = eicr & eims & VECTOR_BITS;
        sent &= pending;
        int fire = 0;
        for (int left = pending & ~sent; left != 0; left &= left - 1) {
            int v = Integer.numberOfTrailingZeros(left);
            fire |= mayBegin(v) ? 1 << v : 0;
        }
        sent |= fire;
        eicr &= ~(fire & eiac);
        eims &= (gpie & Reg.GPIE_EIAME) != 0 ? ~(fire & eiam) : ~0;
        sent &= eicr & eims;
        return fire;
    }

    private int updateSingle() {
        sent = 0;
        if ((icr & ims) == 0 && (eicr & eims) == 0) {
            asserted = false;
            return 0;
        }
        if (asserted || !mayBegin(0)) {
            return 0;
        }
        asserted = true;
        icr |= Reg.INT_ASSERTED;
        return 1;
    }

    /// EITR bits 14..2 are microseconds.
    private boolean mayBegin(int vector) {
        int interval = (eitr[vector] >>> 2) * NANOS_PER_STEP;
        long now = interval == 0 ? 0 : clock.nanos();
        if (interval != 0 && now < quietUntil[vector]) {
            next = Math.min(next, quietUntil[vector]);
            return false;
        }
        quietUntil[vector] = now + interval;
        return true;
    }

    /// Any thread may come through here; the last one to speak has seen the last state.
    private void settleLevel() {
        boolean level;
        do {
            level = asserted;
            port.level(level);
        } while (level != asserted);
    }
}
