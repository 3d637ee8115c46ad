package dev.netstack4j.bus.emulated.i82540em;

import dev.netstack4j.api.runtime.AtomicBits;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.Engine;
import dev.netstack4j.api.runtime.SpinLock;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.bus.emulated.pci.InterruptPort;

/// ICR, ICS, IMS, IMC and ITR. The chip asserts while a cause that is not masked stands in ICR, but begins no new
/// assertion before ITR * 256 ns have passed since the last one began. Causes are set from the engine, from the wire's
/// side and by ICS; any thread.
final class InterruptUnit {
    private static final int ITR_UNIT_NANOS = 256;

    private final AtomicBits causes;
    private final AtomicBits mask;
    private final SpinLock lock;
    private final Clock clock;
    private final Runnable ring;
    private volatile InterruptPort port = InterruptPort.NONE;
    private volatile int throttle;
    private volatile boolean asserted;
    private long quietUntil; // guarded by lock
    private volatile long deadline = Engine.NEVER;

    /// @param ring asks the engine to look at [#deadline()] anew
    InterruptUnit(Sync sync, Clock clock, Runnable ring) {
        this.causes = sync.bits("82540em icr");
        this.mask = sync.bits("82540em ims");
        this.lock = sync.spinLock("82540em interrupts");
        this.clock = clock;
        this.ring = ring;
    }

    /// A read of ICR: all causes are cleared by it.
    int readCauses() {
        int c = causes.exchange(0);
        if (c != 0) {
            evaluate();
        }
        return c;
    }

    /// A write to ICR clears the bits that are set in it.
    void clearCauses(int bits) {
        causes.getAndClear(bits);
        evaluate();
    }

    /// Something happened, or ICS was written.
    void raise(int bits) {
        causes.getAndSet(bits & Reg.CAUSES);
        evaluate();
    }

    int mask() {
        return mask.get();
    }

    void unmask(int bits) {
        mask.getAndSet(bits & Reg.CAUSES);
        evaluate();
    }

    void mask(int bits) {
        mask.getAndClear(bits);
        evaluate();
    }

    int throttle() {
        return throttle;
    }

    void throttle(int value) {
        throttle = value & 0xFFFF;
        evaluate();
    }

    void port(InterruptPort now) {
        port = now;
        lock.lock();
        try {
            asserted = false;
        } finally {
            lock.unlock();
        }
        evaluate();
    }

    void reset() {
        throttle = 0;
        mask.set(0);
        causes.set(0);
        evaluate();
    }

    /// When a waiting cause may be signalled.
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
        boolean before;
        boolean begins;
        boolean waits;
        lock.lock();
        try {
            before = asserted;
            long deadlineBefore = deadline;
            begins = update();
            waits = deadline < deadlineBefore;
        } finally {
            lock.unlock();
        }
        if (begins) {
            port.message(0);
        }
        if (asserted != before) {
            settleLevel();
        }
        if (waits) {
            ring.run();
        }
    }

    /// Under the lock.
    ///
    /// @return whether an assertion begins
    private boolean update() {
        if ((causes.get() & mask.get()) == 0) {
            asserted = false;
            deadline = Engine.NEVER;
            return false;
        }
        if (asserted) {
            return false;
        }
        int interval = throttle * ITR_UNIT_NANOS;
        long now = interval == 0 ? 0 : clock.nanos();
        if (interval != 0 && now < quietUntil) {
            deadline = quietUntil;
            return false;
        }
        asserted = true;
        deadline = Engine.NEVER;
        quietUntil = now + interval;
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
