package dev.netstack4j.core.runtime;

import dev.netstack4j.api.runtime.AtomicBits;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.SpinLock;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.api.runtime.WaitQueue;

/// Locks, bits and wait queues in real time.
final class RealSync implements Sync {
    private final Clock clock;

    RealSync(Clock clock) {
        this.clock = clock;
    }

    @Override
    public SpinLock spinLock(String name) {
        return new TinyLock();
    }

    @Override
    public AtomicBits bits(String name) {
        return new Bits();
    }

    @Override
    public WaitQueue waitQueue(String name) {
        return new RealWaitQueue(clock);
    }
}
