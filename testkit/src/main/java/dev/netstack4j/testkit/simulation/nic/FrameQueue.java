package dev.netstack4j.testkit.simulation.nic;

import dev.netstack4j.api.runtime.SpinLock;
import org.jspecify.annotations.Nullable;

/// Frames between the stack's side of a card and the wire's, oldest first. Any thread.
final class FrameQueue {
    private final SpinLock lock;
    private final byte[][] frames;
    private int first;
    private int size;

    FrameQueue(SpinLock lock, int most) {
        this.lock = lock;
        this.frames = new byte[most][];
    }

    /// Adds a frame.
    ///
    /// @return false when it is full
    boolean add(byte[] frame) {
        lock.lock();
        try {
            if (size == frames.length) {
                return false;
            }
            frames[(first + size++) % frames.length] = frame;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// The frame at a place counted from the oldest; null when there are fewer.
    byte @Nullable [] peek(int place) {
        lock.lock();
        try {
            return place < size ? frames[(first + place) % frames.length] : null;
        } finally {
            lock.unlock();
        }
    }

    byte @Nullable [] poll() {
        lock.lock();
        try {
            if (size == 0) {
                return null;
            }
            byte[] frame = frames[first];
            first = (first + 1) % frames.length;
            size--;
            return frame;
        } finally {
            lock.unlock();
        }
    }

    void remove(int oldest) {
        lock.lock();
        try {
            first = (first + oldest) % frames.length;
            size -= oldest;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return size;
        } finally {
            lock.unlock();
        }
    }

    void clear() {
        remove(size());
    }
}
