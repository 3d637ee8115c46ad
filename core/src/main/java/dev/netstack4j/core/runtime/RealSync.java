package dev.netstack4j.core.runtime;

import dev.netstack4j.api.runtime.AtomicBits;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.SpinLock;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.api.runtime.WaitQueue;
import org.jspecify.annotations.Nullable;

/// Locks, bits and wait queues in real time.
final class RealSync implements Sync {
    private final Clock clock;
    private @Nullable RealHost host;

    RealSync(Clock clock) {
        this.clock = clock;
    }

    /// From now on threads that wait may attend to CPUs of this host; those of its own work do not.
    void host(RealHost made) {
        host = made;
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
        return new RealWaitQueue(clock, host);
    }
}
