package dev.netstack4j.testkit.fake;

import dev.netstack4j.api.runtime.AtomicBits;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.SpinLock;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.api.runtime.WaitQueue;
import dev.netstack4j.api.runtime.WaitResult;

/// Locks, bits and wait queues for tests on one thread: what could never end on one thread fails instead.
public final class FakeSync implements Sync {
    /// Stateless.
    public FakeSync() {}

    @Override
    public SpinLock spinLock(String name) {
        return new FakeLock(name);
    }

    @Override
    public AtomicBits bits(String name) {
        return new FakeBits();
    }

    @Override
    public WaitQueue waitQueue(String name) {
        return new FakeWaitQueue();
    }

    private static final class FakeLock implements SpinLock {
        private final String name;
        private boolean held;

        FakeLock(String name) {
            this.name = name;
        }

        @Override
        public void lock() {
            if (!tryLock()) {
                throw new IllegalStateException("lock '" + name + "' is held already: this would spin for ever");
            }
        }

        @Override
        public boolean tryLock() {
            boolean free = !held;
            held = true;
            return free;
        }

        @Override
        public void unlock() {
            if (!held) {
                throw new IllegalStateException("lock '" + name + "' is not held");
            }
            held = false;
        }
    }

    private static final class FakeBits implements AtomicBits {
        private int bits;

        @Override
        public int get() {
            return bits;
        }

        @Override
        public void set(int newBits) {
            bits = newBits;
        }

        @Override
        public int getAndSet(int mask) {
            int before = bits;
            bits |= mask;
            return before;
        }

        @Override
        public int getAndClear(int mask) {
            int before = bits;
            bits &= ~mask;
            return before;
        }

        @Override
        public int exchange(int newBits) {
            int before = bits;
            bits = newBits;
            return before;
        }

        @Override
        public boolean compareAndSet(int expected, int newBits) {
            boolean equal = bits == expected;
            bits = equal ? newBits : bits;
            return equal;
        }
    }

    /// Counts wakes; nobody can wait on one thread.
    private static final class FakeWaitQueue implements WaitQueue {
        private long wakes;

        @Override
        public long ticket() {
            return wakes;
        }

        @Override
        public WaitResult await(long ticket, long deadlineNanos) {
            if (wakes != ticket) {
                return WaitResult.WOKEN;
            }
            if (deadlineNanos == FOREVER) {
                throw new IllegalStateException("waiting on the only thread would never end");
            }
            return WaitResult.TIMED_OUT;
        }

        @Override
        public void wakeAll(Cpu cpu) {
            wakes++;
        }

        @Override
        public void wakeAll() {
            wakes++;
        }

        @Override
        public boolean hasWaiters() {
            return false;
        }
    }
}
