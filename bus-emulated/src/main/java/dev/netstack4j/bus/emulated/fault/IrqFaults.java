package dev.netstack4j.bus.emulated.fault;

import dev.netstack4j.api.runtime.Engine;
import dev.netstack4j.api.runtime.SpinLock;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.bus.emulated.pci.InterruptPort;
import org.jspecify.annotations.Nullable;

/// What goes wrong between a device and the interrupt controller.
final class IrqFaults {
    /// Between an interrupt and its repetition, and between two out of nowhere.
    private static final long GAP_NANOS = 10_000;

    private static final int VECTORS = 32;

    private final Countdown lost;
    private final Countdown repeated;
    private final SpinLock lock;
    private final Runnable ring;
    private volatile @Nullable FaultyPort port;
    private volatile long due = Engine.NEVER;
    private int again; // bit a vector, guarded by lock
    private long spurious; // guarded by lock
    private int next; // guarded by lock
    private volatile boolean repeating;

    /// @param ring asks the engine that calls [#expire] to look at [#due] anew
    IrqFaults(Sync sync, String device, Runnable ring) {
        lost = new Countdown(sync.bits(device + " lost interrupts"));
        repeated = new Countdown(sync.bits(device + " repeated interrupts"));
        lock = sync.spinLock(device + " interrupt faults");
        this.ring = ring;
    }

    /// The device's interrupts go there now.
    InterruptPort port(InterruptPort real) {
        if (real == InterruptPort.NONE) {
            port = null;
            return real;
        }
        FaultyPort made = new FaultyPort(real, this);
        port = made;
        return made;
    }

    // ---- injection

    void lose(long times) {
        lost.add(times);
    }

    void repeat(long times) {
        repeated.add(times);
        repeating = true;
    }

    void spurious(long times, long now) {
        lock.lock();
        spurious += times;
        due = Math.min(due, now);
        lock.unlock();
        ring.run();
    }

    // ---- the device's side

    boolean loses() {
        return lost.take();
    }

    void sent(int vector) {
        if (repeating && repeated.take()) {
            lock.lock();
            again |= 1 << vector % VECTORS;
            lock.unlock();
            ring.run();
        }
    }

    // ---- the engine's side

    long due() {
        return due;
    }

    int expire(long now) {
        int repeats;
        boolean one;
        int vector;
        lock.lock();
        try {
            repeats = due <= now ? again : 0;
            one = due <= now && spurious > 0;
            again &= ~repeats;
            spurious -= one ? 1 : 0;
            vector = next;
            next += one ? 1 : 0;
            if (due <= now || due == Engine.NEVER) {
                due = again != 0 || spurious > 0 ? now + GAP_NANOS : Engine.NEVER;
            }
        } finally {
            lock.unlock();
        }
        FaultyPort to = port;
        if (to != null) {
            for (int left = repeats; left != 0; left &= left - 1) {
                to.comesFromNowhere(Integer.numberOfTrailingZeros(left));
            }
            if (one) {
                to.comesFromNowhere(vector % to.vectors());
            }
        }
        return Integer.bitCount(repeats) + (one ? 1 : 0);
    }
}
