package dev.netstack4j.core.runtime;

import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Waiting threads, first come first served, in an array that is kept: waiting makes no garbage.
final class ThreadQueue {
    private final TinyLock lock = new TinyLock();
    private @Nullable Thread[] threads = new @Nullable Thread[4];
    private volatile int size;

    boolean isEmpty() {
        return size == 0;
    }

    void add(Thread t) {
        lock.lock();
        try {
            int n = size;
            if (n == threads.length) {
                threads = Arrays.copyOf(threads, n * 2);
            }
            threads[n] = t;
            size = n + 1;
        } finally {
            lock.unlock();
        }
    }

    /// Takes out the first entry of a thread.
    void remove(Thread t) {
        lock.lock();
        try {
            int n = size;
            for (int i = 0; i < n; i++) {
                if (threads[i] == t) {
                    System.arraycopy(threads, i + 1, threads, i, n - i - 1);
                    threads[n - 1] = null;
                    size = n - 1;
                    return;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isFirst(Thread t) {
        lock.lock();
        try {
            return threads[0] == t;
        } finally {
            lock.unlock();
        }
    }

    void unparkFirst() {
        if (isEmpty()) {
            return;
        }
        lock.lock();
        Thread first = threads[0];
        lock.unlock();
        LockSupport.unpark(first);
    }

    /// Unparks everybody but the calling thread; nobody can leave meanwhile, so nobody is passed over.
    void unparkAllBut(Thread me) {
        if (isEmpty()) {
            return;
        }
        lock.lock();
        try {
            for (int i = 0; i < size; i++) {
                if (threads[i] != me) {
                    LockSupport.unpark(threads[i]);
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
