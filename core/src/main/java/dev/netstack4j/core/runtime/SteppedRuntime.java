package dev.netstack4j.core.runtime;

import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.Engine;
import dev.netstack4j.api.runtime.EngineHandle;
import dev.netstack4j.api.runtime.VirtualRuntime;
import dev.netstack4j.api.runtime.WaitQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Virtual time: one scheduler steps all hosts and application threads, one thing at a time, in a fixed order. Used by
/// one driving thread (a test); what that thread waits for, it steps to.
public final class SteppedRuntime implements RuntimeCore, VirtualRuntime {
    private static final long WALL_START = 1_767_225_600_000_000_000L; // 2026-01-01

    private final long seed;
    private final List<SteppedHost> hosts = new ArrayList<>();
    private final List<SteppedEngine> engines = new ArrayList<>();
    private final List<SteppedThread> threads = new ArrayList<>();
    private final Map<String, Object> shared = new TreeMap<>();
    private final SteppedWaitQueue ended = new SteppedWaitQueue(this, "thread ended");
    private final Clock clock = new StandingClock();
    private long now;

    /// Time stands at 0.
    public SteppedRuntime(long seed) {
        this.seed = seed;
    }

    private final class StandingClock implements Clock {
        @Override
        public long nanos() {
            return now;
        }

        @Override
        public long wallNanos() {
            return WALL_START + now;
        }
    }

    // ---- stepping

    @Override
    public boolean runDue() {
        boolean any = false;
        while (runRound()) {
            any = true;
        }
        return any;
    }

    private boolean runRound() {
        boolean ran = false;
        for (int i = 0; i < engines.size(); i++) {
            ran |= engines.get(i).runIfWanted(now);
        }
        for (int i = 0; i < hosts.size(); i++) {
            ran |= hosts.get(i).turnAll();
        }
        for (int i = 0; i < threads.size(); i++) {
            SteppedThread t = threads.get(i);
            if (t.isRunnable(now)) {
                t.runSlice();
                ran = true;
            }
        }
        threads.removeIf(SteppedThread::isDone);
        return ran;
    }

    @Override
    public boolean step() {
        return stepUntil(WaitQueue.FOREVER);
    }

    /// One step, at most to `limit`.
    ///
    /// @return false when nothing happens before the limit
    private boolean stepUntil(long limit) {
        if (runDue()) {
            return true;
        }
        long next = nextDeadline();
        if (next == Long.MAX_VALUE || next > limit) {
            return false;
        }
        now = Math.max(now, next);
        runDue();
        return true;
    }

    @Override
    public long nextDeadlineNanos() {
        long next = nextDeadline();
        return next == Long.MAX_VALUE ? next : Math.max(now, next);
    }

    private long nextDeadline() {
        long next = Long.MAX_VALUE;
        for (SteppedEngine e : engines) {
            next = Math.min(next, e.deadline());
        }
        for (SteppedHost h : hosts) {
            next = Math.min(next, h.nextDeadline());
        }
        for (SteppedThread t : threads) {
            next = Math.min(next, t.deadline());
        }
        return next;
    }

    @Override
    public void advance(long nanos) {
        long until = now + nanos;
        while (stepUntil(until)) {
            // until nothing is left before the limit
        }
        now = Math.max(now, until);
        runDue();
    }

    @Override
    public void runUntilIdle() {
        while (step()) {
            // until nothing is left
        }
    }

    @Override
    public EngineHandle engine(String name, Engine engine) {
        SteppedEngine added = new SteppedEngine(this, name, engine);
        engines.add(added);
        return added;
    }

    void forget(SteppedEngine engine) {
        engines.remove(engine);
    }

    // ---- threads

    private @Nullable SteppedThread current() {
        Thread me = Thread.currentThread();
        for (SteppedThread t : threads) {
            if (t.owns(me)) {
                return t;
            }
        }
        return null;
    }

    /// Lets the calling thread wait: an application thread gives the baton back, the driver steps.
    ///
    /// @return whether it was interrupted
    boolean block(SteppedWaitQueue queue, long ticket, long deadline) {
        SteppedThread me = current();
        if (me != null) {
            return me.block(queue, ticket, deadline);
        }
        while (queue.ticket() == ticket && now < deadline) {
            if (!stepUntil(deadline)) {
                if (deadline == WaitQueue.FOREVER) {
                    throw new IllegalStateException(
                            "nothing is left to happen, but somebody waits for ever for: " + queue + stuck());
                }
                now = deadline;
            }
        }
        return false;
    }

    private String stuck() {
        StringBuilder s = new StringBuilder();
        for (SteppedThread t : threads) {
            s.append(System.lineSeparator()).append(t.whereItWaits());
        }
        return s.toString();
    }

    void threadEnded() {
        ended.wakeAll();
    }

    void joinThread(SteppedThread t) {
        while (!t.isDone()) {
            long ticket = ended.ticket();
            if (!t.isDone()) {
                ended.await(ticket, WaitQueue.FOREVER);
            }
        }
    }

    void forget(SteppedHost host) {
        hosts.remove(host);
    }

    // ---- StackRuntime

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public boolean isVirtual() {
        return true;
    }

    @Override
    public <T> T shared(Class<T> type, String name, Supplier<T> maker) {
        return type.cast(shared.computeIfAbsent(type.getName() + " " + name, k -> maker.get()));
    }

    @Override
    public HostRuntime newHost(String name, int cpus) {
        SteppedHost host = new SteppedHost(name, this, cpus, Streams.mix(seed ^ Streams.hash(name)));
        hosts.add(host);
        return host;
    }

    @Override
    public AppThread start(String name, Runnable body) {
        return start(name, body, () -> {});
    }

    @Override
    public AppThread start(String name, Runnable body, Runnable waiting) {
        SteppedThread t = new SteppedThread(this, name, body, waiting);
        threads.add(t);
        return t;
    }

    @Override
    public void pause(long nanos) {
        SteppedWaitQueue nobody = new SteppedWaitQueue(this, "pause");
        nobody.await(nobody.ticket(), now + nanos);
    }

    @Override
    public void close() {
        // Threads that still wait are daemons; they end with the process.
    }
}
