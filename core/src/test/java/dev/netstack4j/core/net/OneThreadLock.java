package dev.netstack4j.core.net;

import dev.netstack4j.api.runtime.ControlLock;

/// Tests have one thread, which may do everything.
final class OneThreadLock implements ControlLock {
    private int depth;

    @Override
    public void lock() {
        depth++;
    }

    @Override
    public void unlock() {
        if (depth-- == 0) {
            throw new IllegalStateException("the control lock is not held");
        }
    }

    @Override
    public void assertHeld() {}
}
