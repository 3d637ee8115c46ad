package dev.netstack4j.core.runtime;

import dev.netstack4j.api.runtime.Clock;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Real time: the system's clock, platform threads for applications.
public final class RealRuntime implements RuntimeCore {
    private final long began = System.nanoTime();
    private final long wallAtStart = System.currentTimeMillis() * 1_000_000L;
    private final SecureRandom seeds = new SecureRandom();
    private final Map<String, Object> shared = new HashMap<>();
    private final Clock clock = new SystemClock();

    /// Time begins now.
    public RealRuntime() {}

    private final class SystemClock implements Clock {
        @Override
        public long nanos() {
            return System.nanoTime() - began;
        }

        @Override
        public long wallNanos() {
            return wallAtStart + nanos();
        }
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public boolean isVirtual() {
        return false;
    }

    @Override
    public <T> T shared(Class<T> type, String name, Supplier<T> maker) {
        synchronized (shared) {
            return type.cast(shared.computeIfAbsent(type.getName() + " " + name, k -> maker.get()));
        }
    }

    @Override
    public HostRuntime newHost(String name, int cpus) {
        return new RealHost(name, this, cpus, seeds.nextLong());
    }

    @Override
    public AppThread start(String name, Runnable body) {
        return new RealThread(name, body, () -> {});
    }

    @Override
    public AppThread start(String name, Runnable body, Runnable waiting) {
        return new RealThread(name, body, waiting);
    }

    @Override
    public void pause(long nanos) {
        long until = clock.nanos() + nanos;
        for (long left = nanos; left > 0 && !Thread.currentThread().isInterrupted(); left = until - clock.nanos()) {
            LockSupport.parkNanos(left);
        }
    }

    @Override
    public void close() {
        // Application threads end by themselves; agents end with their stacks.
    }
}
