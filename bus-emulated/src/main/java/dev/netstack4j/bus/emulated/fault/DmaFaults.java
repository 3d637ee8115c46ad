package dev.netstack4j.bus.emulated.fault;

import dev.netstack4j.api.buffer.PhysicalMemory;
import dev.netstack4j.api.runtime.Engine;
import dev.netstack4j.api.runtime.SpinLock;
import dev.netstack4j.api.runtime.Sync;
import java.util.ArrayDeque;
import java.util.Deque;

/// What goes wrong between a device and memory: accesses that are aborted, a transmitter that fetches nothing,
/// descriptors that are written back late. While nothing is wrong it costs two reads an access.
public final class DmaFaults {
    private static final int WORD = 4;

    private final PhysicalMemory memory;
    private final Countdown aborts;
    private final SpinLock lock;
    private final Deque<Held> held = new ArrayDeque<>(); // guarded by lock
    private volatile boolean hung;
    private volatile boolean holding;
    private volatile long due = Engine.NEVER;
    private long delay; // guarded by lock
    private Runnable ring = () -> {};

    private record Held(long at, long value, int bytes) {}

    /// @param device for names of locks
    public DmaFaults(PhysicalMemory memory, Sync sync, String device) {
        this.memory = memory;
        aborts = new Countdown(sync.bits(device + " aborts"));
        lock = sync.spinLock(device + " late write-backs");
    }

    /// @param again asks the engine that calls [#expire] to look at [#due] anew
    void ringBy(Runnable again) {
        ring = again;
    }

    // ---- injection

    void abort(long times) {
        aborts.add(times);
    }

    void hang(boolean on) {
        hung = on;
    }

    void late(long nanos) {
        lock.lock();
        delay = nanos;
        holding = true;
        lock.unlock();
    }

    // ---- the device's side

    /// Whether this access is aborted.
    public boolean aborts() {
        return aborts.take();
    }

    /// Whether the transmitter stands still.
    public boolean hangs() {
        return hung;
    }

    /// Whether write-backs are held.
    public boolean isHolding() {
        return holding;
    }

    /// Keeps a write-back for later.
    ///
    /// @param bytes 4 or 8
    /// @param now   the present instant
    public void hold(long at, long value, int bytes, long now) {
        lock.lock();
        try {
            if (held.isEmpty()) {
                due = now + delay;
            }
            holding = true; // also when the last ones have just been written: a reset must find this one
            held.addLast(new Held(at, value, bytes));
        } finally {
            lock.unlock();
        }
        ring.run();
    }

    /// A reset ends a hang, and what was not written back never is.
    public void reset() {
        hung = false;
        if (holding) {
            lock.lock();
            held.clear();
            settle();
            lock.unlock();
        }
    }

    private void settle() {
        holding = false;
        due = Engine.NEVER;
    }

    // ---- the engine's side

    long due() {
        return due;
    }

    /// Writes back what is due.
    ///
    /// @return how many words
    int expire(long now) {
        if (due > now) {
            return 0;
        }
        lock.lock();
        try {
            int n = held.size();
            for (Held h = held.poll(); h != null; h = held.poll()) {
                write(h);
            }
            settle();
            return n;
        } finally {
            lock.unlock();
        }
    }

    private void write(Held h) {
        if (h.bytes == WORD) {
            memory.put32LeRelease(h.at, (int) h.value);
        } else {
            memory.put64LeRelease(h.at, h.value);
        }
    }
}
