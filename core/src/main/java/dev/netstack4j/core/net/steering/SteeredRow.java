package dev.netstack4j.core.net.steering;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.SpinLock;
import org.jspecify.annotations.Nullable;

/// Packets that other CPUs, or this one, have left for a CPU. A packet's place is its number since the beginning.
@Linux("net/core/dev.c#enqueue_to_backlog")
final class SteeredRow {
    private final SpinLock lock;
    private final SkBuffQueue packets = new SkBuffQueue(); // under the lock
    private int added; // under the lock
    private volatile int taken;

    SteeredRow(SpinLock lock) {
        this.lock = lock;
    }

    /// Adds a packet behind the others.
    ///
    /// @return its place, or a negative number when there is no room
    long add(SkBuff skb, int most) {
        lock.lock();
        try {
            if (packets.length() >= most) {
                return -1;
            }
            packets.addTail(skb);
            return Integer.toUnsignedLong(++added);
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    SkBuff poll() {
        lock.lock();
        try {
            return packets.poll();
        } finally {
            lock.unlock();
        }
    }

    /// The packets that were polled have gone up.
    @SuppressWarnings("NonAtomicVolatileUpdate") // the CPU's holder alone writes it
    void done(int count) {
        taken += count;
    }

    /// Whether everything up to that place has gone up.
    boolean isPast(int place) {
        return taken - place >= 0;
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return packets.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
