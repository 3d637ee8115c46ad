package dev.netstack4j.core.runtime;

import dev.netstack4j.api.runtime.AtomicBits;
import dev.netstack4j.api.runtime.SpinLock;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.api.runtime.WaitQueue;

/// Locks, bits and queues of virtual time: plain fields, since one thing runs at a time, and points at which schedule
/// exploration may switch.
record SteppedSync(SteppedRuntime runtime) implements Sync {
    @Override
    public SpinLock spinLock(String name) {
        return new Lock(runtime, name);
    }

    @Override
    public AtomicBits bits(String name) {
        return new PlainBits(runtime, name);
    }

    @Override
    public WaitQueue waitQueue(String name) {
        return new SteppedWaitQueue(runtime, name);
    }

    private static final class Lock implements SpinLock {
        private final SteppedRuntime runtime;
        private final String name;
        private boolean held;

        Lock(SteppedRuntime runtime, String name) {
            this.runtime = runtime;
            this.name = name;
        }

        @Override
        public void lock() {
            runtime.point(name);
            if (held) {
                runtime.waitUntil(name, () -> !held);
            }
            held = true;
        }

        @Override
        public boolean tryLock() {
            runtime.point(name);
            boolean free = !held;
            held = true;
            return free;
        }

        @Override
        public void unlock() {
            held = false;
            runtime.point(name);
        }
    }

    private static final class PlainBits implements AtomicBits {
        private final SteppedRuntime runtime;
        private final String name;
        private int bits;

        PlainBits(SteppedRuntime runtime, String name) {
            this.runtime = runtime;
            this.name = name;
        }

        @Override
        public int get() {
            runtime.point(name);
            return bits;
        }

        @Override
        public void set(int newBits) {
            change(newBits);
        }

        @Override
        public int getAndSet(int mask) {
            runtime.point(name);
            return changed(bits | mask);
        }

        @Override
        public int getAndClear(int mask) {
            runtime.point(name);
            return changed(bits & ~mask);
        }

        @Override
        public int exchange(int newBits) {
            return change(newBits);
        }

        @Override
        public boolean compareAndSet(int expected, int newBits) {
            runtime.point(name);
            return bits == expected && changed(newBits) == expected;
        }

        private int change(int newBits) {
            runtime.point(name);
            return changed(newBits);
        }

        private int changed(int newBits) {
            int before = bits;
            bits = newBits;
            runtime.point(name);
            return before;
        }
    }
}
