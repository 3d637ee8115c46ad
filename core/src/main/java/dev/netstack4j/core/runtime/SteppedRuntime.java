package dev.netstack4j.core.runtime;

import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.CpuCost;
import dev.netstack4j.api.runtime.Engine;
import dev.netstack4j.api.runtime.EngineHandle;
import dev.netstack4j.api.runtime.ScheduleChooser;
import dev.netstack4j.api.runtime.VirtualRuntime;
import dev.netstack4j.api.runtime.WaitQueue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Virtual time: all hosts and application threads are stepped, one thing at a time, in a fixed order. Used by one
/// driving thread (a test); what that thread waits for, it steps to.
public final class SteppedRuntime implements RuntimeCore, VirtualRuntime {
    private static final long WALL_START = 1_767_225_600_000_000_000L; // 2026-01-01
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final long seed;
    private final Population population = new Population();
    private final Baton baton = new Baton(this, population.rounds());
    private final Map<String, Object> shared = new TreeMap<>();
    private final SteppedWaitQueue ended = new SteppedWaitQueue(this, "a thread's end");
    private final Clock clock = new StandingClock();
    private final RecentEvents events = new RecentEvents();
    private @Nullable Exploration exploration;
    private @Nullable CpuCost cost;
    private int started;
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
        return baton.drive(Goal.due()).anythingRan();
    }

    @Override
    public boolean step() {
        return baton.drive(Goal.step()).anythingRan();
    }

    @Override
    public void advance(long nanos) {
        long until = now + nanos;
        baton.drive(Goal.until(until));
        if (until > now) {
            now = until;
            runDue();
        }
    }

    @Override
    public void runUntilIdle() {
        baton.drive(Goal.until(WaitQueue.FOREVER - 1));
    }

    Baton baton() {
        return baton;
    }

    void note(Object subject, String event) {
        baton.moved();
        events.add(now, subject, event);
    }

    // ---- time

    long now() {
        return now;
    }

    void moveTime(long to) {
        now = Math.max(now, to);
    }

    @Override
    public long nextDeadlineNanos() {
        long next = nextDeadline();
        return next == Long.MAX_VALUE ? next : Math.max(now, next);
    }

    long nextDeadline() {
        return population.nextDeadline();
    }

    // ---- waiting

    /// Lets the calling thread wait: an application thread gives the baton away, the driver steps.
    ///
    /// @return whether it was interrupted
    boolean block(SteppedWaitQueue queue, long ticket, long deadline) {
        if (Strand.current() instanceof SteppedThread me && me.runtime == this) {
            return me.block(queue, ticket, deadline);
        }
        Goal done = baton.drive(Goal.wake(queue, ticket, deadline));
        if (done.isExhausted()) {
            if (deadline == WaitQueue.FOREVER) {
                throw new IllegalStateException("nothing is left to happen, but somebody waits for ever for: " + queue
                        + population.whereTheyStand());
            }
            now = deadline;
        }
        return false;
    }

    void joinThread(SteppedThread t) {
        while (!t.isDone()) {
            long ticket = ended.ticket();
            if (!t.isDone()) {
                ended.await(ticket, WaitQueue.FOREVER);
            }
        }
    }

    /// A thread's body ended; its thread hands the baton on for the last time.
    void ended(Strand t) {
        note(t, "ends");
        ended.wakeAll();
        baton.leave(t);
    }

    // ---- schedule exploration

    @Override
    public void explore(@Nullable ScheduleChooser chooser) {
        Exploration before = exploration;
        if (before != null) {
            before.defaultOrder();
            runDue();
        }
        exploration = chooser == null ? null : new Exploration(this, chooser);
        for (SteppedHost h : population.hosts()) {
            h.exploring();
        }
    }

    @Override
    public void cost(@Nullable CpuCost newCost) {
        cost = newCost;
    }

    @Nullable
    CpuCost cost() {
        return cost;
    }

    boolean isExploring() {
        return exploration != null;
    }

    void point(String where) {
        Exploration e = exploration;
        if (e != null) {
            Strand me = baton.me();
            me.refuseIfEnded();
            e.point(me, where);
            baton.rethrowIn(me);
        }
    }

    void giveWay(String where) {
        Exploration e = exploration;
        if (e != null) {
            Strand me = baton.me();
            me.refuseIfEnded();
            e.giveWay(me, where);
            baton.rethrowIn(me);
        }
    }

    /// Waits inside the stack for what another strand does.
    void waitUntil(String what, BooleanSupplier condition) {
        Strand me = baton.me();
        if (exploration != null) {
            me.refuseIfEnded();
            me.awaits(condition);
            baton.switchFrom(me);
            me.awaits(null);
            baton.rethrowIn(me);
        }
        if (!condition.getAsBoolean()) {
            throw new IllegalStateException(me + " would wait for ever for: " + what + population.whereTheyStand());
        }
    }

    /// All that may run, in the order of rounds.
    List<Strand> strands() {
        List<Strand> all = population.strands();
        all.add(baton.driver());
        return all;
    }

    @Nullable
    Exploration exploration() {
        return exploration;
    }

    /// The calling application thread's place, to spread threads over CPUs.
    int currentNumber() {
        return baton.me() instanceof SteppedThread t ? t.number() : 0;
    }

    @Override
    public void outsideLimitMillis(long realMillis) {
        baton.driver().limit(realMillis * NANOS_PER_MILLI);
    }

    @Override
    public List<String> recentEvents() {
        return events.list();
    }

    // ---- hosts and threads

    @Override
    public EngineHandle engine(String name, Engine engine) {
        SteppedEngine added = new SteppedEngine(this, name, engine);
        population.add(added);
        return added;
    }

    void forget(SteppedEngine engine) {
        population.forget(engine);
    }

    void forget(SteppedHost host) {
        population.forget(host);
    }

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
        population.add(host);
        return host;
    }

    @Override
    public AppThread start(String name, Runnable body) {
        return start(name, body, () -> {});
    }

    @Override
    public AppThread start(String name, Runnable body, Runnable waiting) {
        SteppedThread t = new SteppedThread(this, name, started++, body, waiting);
        population.add(t);
        return t;
    }

    @Override
    public void pause(long nanos) {
        SteppedWaitQueue nobody = new SteppedWaitQueue(this, "time to pass");
        nobody.await(nobody.ticket(), now + nanos);
    }

    void pauseUntil(long instant) {
        pause(instant - now);
    }

    @Override
    public void close() {
        exploration = null;
        Strand me = Strand.current();
        for (SteppedThread t : population.threads()) {
            if (t != me) {
                t.close();
            }
        }
        baton.endWorkers();
        if (me == null || me.runtime != this) {
            runDue(); // else they end when the caller waits or ends
        }
    }
}
