package dev.netstack4j.core.runtime;

import dev.netstack4j.api.runtime.ControlLock;
import dev.netstack4j.api.runtime.WaitQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The control lock: reentrant, and waited for in a wait queue, so that it works in both kinds of time.
final class ControlMutex implements ControlLock {
    private final WaitQueue queue;
    private final AtomicReference<@Nullable Thread> owner = new AtomicReference<>();
    private int depth;

    ControlMutex(WaitQueue queue) {
        this.queue = queue;
    }

    @Override
    public void lock() {
        Thread me = Thread.currentThread();
        if (owner.get() == me) {
            depth++;
            return;
        }
        boolean interrupted = false;
        while (true) {
            long ticket = queue.ticket();
            if (owner.compareAndSet(null, me)) {
                break;
            }
            queue.await(ticket, WaitQueue.FOREVER);
            interrupted |= Thread.interrupted();
        }
        depth = 1;
        if (interrupted) {
            me.interrupt();
        }
    }

    @Override
    public void unlock() {
        assertHeld();
        if (--depth == 0) {
            owner.set(null);
            queue.wakeAll();
        }
    }

    @Override
    public void assertHeld() {
        if (owner.get() != Thread.currentThread()) {
            throw new IllegalStateException("this needs the control lock, which the calling thread does not hold");
        }
    }
}
