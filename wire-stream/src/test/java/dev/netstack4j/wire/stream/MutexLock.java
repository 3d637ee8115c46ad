package dev.netstack4j.wire.stream;

import dev.netstack4j.api.runtime.SpinLock;
import java.util.concurrent.locks.ReentrantLock;

/// A lock for a test whose threads are real.
final class MutexLock implements SpinLock {
    private final ReentrantLock lock = new ReentrantLock();

    @Override
    public void lock() {
        lock.lock();
    }

    @Override
    public boolean tryLock() {
        return lock.tryLock();
    }

    @Override
    public void unlock() {
        lock.unlock();
    }
}
