package dev.netstack4j.core.runtime;

import dev.netstack4j.api.doc.Linux;
import org.jspecify.annotations.Nullable;

/// Coarse timers of one CPU: 1024 slots of 4 ms. A timer further away than one turn stays in its slot and is looked at
/// once a turn. Handlers run with no lock held.
@Linux("kernel/time/timer.c#__run_timers")
final class TimerWheel {
    private static final int SLOTS = 1024;
    private static final int SHIFT = 22; // 4.19 ms

    private final @Nullable CoarseTimer[] slots = new @Nullable CoarseTimer[SLOTS];
    private final long[] occupied = new long[SLOTS / 64];
    private final TinyLock lock = new TinyLock();
    private long tick;
    private volatile long nextDeadline = Long.MAX_VALUE;

    TimerWheel(long now) {
        tick = now >> SHIFT;
    }

    /// The earliest instant at which a slot is to be looked at.
    long nextDeadline() {
        return nextDeadline;
    }

    void arm(CoarseTimer t, long deadline, HostCpu home) {
        lock.lock();
        try {
            t.deadline = deadline;
            t.armed = true;
            t.home = home;
            int slot = slotOf(deadline);
            if (t.slot != slot) {
                unlink(t);
                link(t, slot);
            }
            nextDeadline = Math.min(nextDeadline, instantOf(slot));
        } finally {
            lock.unlock();
        }
    }

    /// A timer fires when its slot's instant has come: rounded up, never early.
    private int slotOf(long deadline) {
        long due = (deadline >> SHIFT) + 1;
        return (int) (Math.max(due, tick + 1) & SLOTS - 1);
    }

    private long instantOf(int slot) {
        long ahead = slot - (tick + 1) & SLOTS - 1;
        return tick + 1 + ahead << SHIFT;
    }

    private void link(CoarseTimer t, int slot) {
        CoarseTimer first = slots[slot];
        t.next = first;
        t.prev = null;
        if (first != null) {
            first.prev = t;
        }
        slots[slot] = t;
        t.slot = slot;
        occupied[slot >> 6] |= 1L << slot;
    }

    private void unlink(CoarseTimer t) {
        if (t.slot < 0) {
            return;
        }
        CoarseTimer p = t.prev;
        CoarseTimer n = t.next;
        if (p == null) {
            slots[t.slot] = n;
            if (n == null) {
                occupied[t.slot >> 6] &= ~(1L << t.slot);
            }
        } else {
            p.next = n;
        }
        if (n != null) {
            n.prev = p;
        }
        t.next = null;
        t.prev = null;
        t.slot = -1;
    }

    /// Fires what is due. Softirq context on `cpu`, which owns this wheel.
    void expire(long now, HostCpu cpu) {
        if (nextDeadline > now) {
            return;
        }
        long last = now >> SHIFT;
        for (long t = advance(last); t <= last; t = advance(last)) {
            expireSlot((int) (t & SLOTS - 1), t << SHIFT, cpu);
        }
        lock.lock();
        nextDeadline = findNext();
        lock.unlock();
    }

    /// Moves the wheel to the next tick whose slot has timers, at most to `last`.
    ///
    /// @return that tick; above `last` when there is none
    private long advance(long last) {
        lock.lock();
        try {
            long t = Math.max(tick + 1, last - SLOTS + 1);
            while (t <= last && (occupied[(int) (t & SLOTS - 1) >> 6] >>> t & 1) == 0) {
                t++;
            }
            tick = Math.max(tick, Math.min(t, last));
            return t;
        } finally {
            lock.unlock();
        }
    }

    private void expireSlot(int slot, long instant, HostCpu cpu) {
        for (CoarseTimer t = takeDue(slot, instant); t != null; t = takeDue(slot, instant)) {
            cpu.host.note(t, "expires");
            cpu.host.point("expiry");
            t.handler.expired(cpu);
        }
    }

    /// The oldest timer of a slot that is due; cancelled ones are unlinked on the way, later ones moved or left.
    private @Nullable CoarseTimer takeDue(int slot, long instant) {
        lock.lock();
        try {
            CoarseTimer due = null;
            CoarseTimer t = slots[slot];
            while (t != null) {
                CoarseTimer n = t.next;
                if (!t.armed) {
                    unlink(t);
                } else if (t.deadline <= instant) {
                    due = t; // the list is newest first: the last one found is the oldest
                } else if (slotOf(t.deadline) != slot) {
                    unlink(t);
                    link(t, slotOf(t.deadline));
                }
                t = n;
            }
            if (due != null) {
                unlink(due);
                due.armed = false;
            }
            return due;
        } finally {
            lock.unlock();
        }
    }

    private long findNext() {
        for (int i = 0; i < SLOTS; i++) {
            int slot = (int) (tick + 1 + i & SLOTS - 1);
            long word = occupied[slot >> 6] >>> slot;
            if (word == 0) {
                i += 63 - (slot & 63);
            } else {
                return instantOf(slot + Long.numberOfTrailingZeros(word) & SLOTS - 1);
            }
        }
        return Long.MAX_VALUE;
    }
}
