package dev.netstack4j.core.runtime;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Exact timers of one CPU: a binary heap by deadline, then by order of arming. Handlers run with no lock held.
final class TimerHeap {
    private final TinyLock lock = new TinyLock();
    private @Nullable ExactTimer[] heap = new @Nullable ExactTimer[16];
    private int size;
    private long sequence;
    private volatile long nextDeadline = Long.MAX_VALUE;

    long nextDeadline() {
        return nextDeadline;
    }

    void arm(ExactTimer t, long deadline) {
        lock.lock();
        try {
            if (t.index >= 0) {
                removeAt(t.index);
            }
            t.deadline = deadline;
            t.sequence = sequence++;
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, size * 2);
            }
            place(size++, t);
            up(t.index);
            publish();
        } finally {
            lock.unlock();
        }
    }

    boolean cancel(ExactTimer t) {
        lock.lock();
        try {
            if (t.index < 0) {
                return false;
            }
            removeAt(t.index);
            publish();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Fires what is due. Softirq context on `cpu`.
    void expire(long now, HostCpu cpu) {
        while (nextDeadline <= now) {
            ExactTimer t = takeDue(now);
            if (t == null) {
                return;
            }
            cpu.host.note(t, "expires");
            cpu.host.point("expiry");
            t.handler.expired(cpu);
        }
    }

    private @Nullable ExactTimer takeDue(long now) {
        lock.lock();
        try {
            ExactTimer t = size == 0 ? null : heap[0];
            if (t == null || t.deadline > now) {
                return null;
            }
            removeAt(0);
            publish();
            return t;
        } finally {
            lock.unlock();
        }
    }

    private void publish() {
        ExactTimer first = size == 0 ? null : heap[0];
        nextDeadline = first == null ? Long.MAX_VALUE : first.deadline;
    }

    private void place(int i, ExactTimer t) {
        heap[i] = t;
        t.index = i;
    }

    private ExactTimer at(int i) {
        ExactTimer t = heap[i];
        if (t == null) {
            throw new IllegalStateException("hole in the timer heap at " + i);
        }
        return t;
    }

    private void removeAt(int i) {
        ExactTimer gone = at(i);
        ExactTimer moved = at(--size);
        heap[size] = null;
        gone.index = -1;
        if (i < size) {
            place(i, moved);
            up(i);
            down(moved.index);
        }
    }

    private void up(int from) {
        int i = from;
        ExactTimer t = at(i);
        while (i > 0 && t.before(at((i - 1) / 2))) {
            place(i, at((i - 1) / 2));
            i = (i - 1) / 2;
        }
        place(i, t);
    }

    private void down(int from) {
        int i = from;
        ExactTimer t = at(i);
        while (2 * i + 1 < size) {
            int child = 2 * i + 1;
            if (child + 1 < size && at(child + 1).before(at(child))) {
                child++;
            }
            if (!at(child).before(t)) {
                break;
            }
            place(i, at(child));
            i = child;
        }
        place(i, t);
    }
}
