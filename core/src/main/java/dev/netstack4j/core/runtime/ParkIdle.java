package dev.netstack4j.core.runtime;

import dev.netstack4j.api.runtime.CpuIdle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// An idle CPU parks the thread that attends to it.
final class ParkIdle implements CpuIdle {
    private volatile @Nullable Thread agent;
    private volatile boolean woken;

    @Override
    public void idle(long timeoutNanos) {
        agent = Thread.currentThread();
        if (!woken) {
            if (timeoutNanos < 0) {
                LockSupport.park(this);
            } else if (timeoutNanos > 0) {
                LockSupport.parkNanos(this, timeoutNanos);
            }
        }
        woken = false;
    }

    @Override
    public boolean blocksThread() {
        return false;
    }

    @Override
    public void wake() {
        woken = true;
        Thread t = agent;
        if (t != null) {
            LockSupport.unpark(t);
        }
    }
}
