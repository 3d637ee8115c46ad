package dev.netstack4j.core.runtime;

import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.CpuCost;
import dev.netstack4j.api.runtime.Engine;
import dev.netstack4j.api.runtime.EngineHandle;
import dev.netstack4j.api.runtime.ScheduleChooser;
import dev.netstack4j.api.runtime.VirtualRuntime;
import dev.netstack4j.api.runtime.WaitQueue;
import java.util.ArrayList;
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
    private final List<SteppedHost> hosts = new ArrayList<>();
    private final List<SteppedEngine> engines = new ArrayList<>();
    private final List<SteppedThread> threads = new ArrayList<>();
    private final List<WorkStrand> workers = new ArrayList<>();
    private final Map<String, Object> shared = new TreeMap<>();
    private final SteppedWaitQueue ended = new SteppedWaitQueue(this, "a thread's end");
    private final Clock clock = new StandingClock();
    private final Rounds rounds = new Rounds(engines, hosts, threads);
    private final RecentEvents events = new RecentEvents();
    private final DrivingStrand driver = new DrivingStrand(this);
    private Goal goal = Goal.due();
    private @Nullable Exploration exploration;
    private @Nullable CpuCost cost;
    private int started;
    private @Nullable Throwable failure;
    private volatile @Nullable Strand holder;
    private volatile long progress;
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
        return drive(Goal.due()).anythingRan();
    }

    @Override
    public boolean step() {
        return drive(Goal.step()).anythingRan();
    }

    @Override
    public void advance(long nanos) {
        long until = now + nanos;
        drive(Goal.until(until));
        if (until > now) {
            now = until;
            runDue();
        }
    }

    @Override
    public void runUntilIdle() {
        drive(Goal.until(WaitQueue.FOREVER - 1));
    }

    /// The driving thread runs the others until `wanted` is reached.
    private Goal drive(Goal wanted) {
        Strand me = Strand.current();
        if (me != null && me.runtime == this) {
            throw new IllegalStateException("thread " + me + " of the runtime cannot step the runtime that steps it");
        }
        Goal outer = goal;
        goal = wanted;
        driver.bind(Thread.currentThread());
        try {
            switchFrom(driver);
        } finally {
            goal = outer;
        }
        rethrow();
        return wanted;
    }

    private void rethrow() {
        Throwable thrown = failure;
        failure = null;
        switch (thrown) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(thrown);
        }
    }

    /// Gives the baton to whoever comes next, and waits until it comes back.
    void switchFrom(Strand me) {
        Strand next = next(me);
        if (next != me) {
            hand(me, next);
        }
    }

    void hand(Strand me, Strand next) {
        give(next);
        me.awaitBaton();
    }

    private Strand next(Strand me) {
        try {
            Exploration e = exploration;
            if (e != null) {
                return e.next(me, goal);
            }
            SteppedThread t = rounds.next(this, goal);
            while (t == null && goal.goesOn(this)) {
                t = rounds.next(this, goal);
            }
            if (t != null) {
                note(t, "runs");
                return t;
            }
        } catch (Throwable e) {
            rounds.restart();
            failed(e);
        }
        return driver;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // written by who has the baton
    private void give(Strand next) {
        progress++;
        holder = next;
        if (next instanceof WorkStrand w && !w.hasThread()) {
            workers.add(w);
        }
        next.grant();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // written by who has the baton
    void note(Object subject, String event) {
        progress++;
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
        long next = Long.MAX_VALUE;
        for (int i = 0; i < engines.size(); i++) {
            next = Math.min(next, engines.get(i).deadline());
        }
        for (int i = 0; i < hosts.size(); i++) {
            next = Math.min(next, hosts.get(i).nextDeadline());
        }
        for (int i = 0; i < threads.size(); i++) {
            next = Math.min(next, threads.get(i).deadline());
        }
        return next;
    }

    // ---- waiting

    /// Lets the calling thread wait: an application thread gives the baton away, the driver steps.
    ///
    /// @return whether it was interrupted
    boolean block(SteppedWaitQueue queue, long ticket, long deadline) {
        if (Strand.current() instanceof SteppedThread me && me.runtime == this) {
            return me.block(queue, ticket, deadline);
        }
        Goal done = drive(Goal.wake(queue, ticket, deadline));
        if (done.isExhausted()) {
            if (deadline == WaitQueue.FOREVER) {
                throw new IllegalStateException(
                        "nothing is left to happen, but somebody waits for ever for: " + queue + stuck());
            }
            now = deadline;
        }
        return false;
    }

    private String stuck() {
        StringBuilder s = new StringBuilder();
        for (Strand t : strands()) {
            if (t != driver && t.hasThread() && (t instanceof SteppedThread || t.isInside())) {
                s.append(System.lineSeparator()).append(t.whereItStands());
            }
        }
        return s.toString();
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
        give(next(t));
    }

    /// To be thrown by the driving thread.
    void failed(Throwable e) {
        if (failure == null) {
            failure = e;
        }
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
        for (SteppedHost h : hosts) {
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
            Strand me = me();
            me.refuseIfEnded();
            e.point(me, where);
            rethrowIn(me);
        }
    }

    void giveWay(String where) {
        Exploration e = exploration;
        if (e != null) {
            Strand me = me();
            me.refuseIfEnded();
            e.giveWay(me, where);
            rethrowIn(me);
        }
    }

    /// Waits inside the stack for what another strand does.
    void waitUntil(String what, BooleanSupplier condition) {
        Strand me = me();
        if (exploration != null) {
            me.refuseIfEnded();
            me.awaits(condition);
            switchFrom(me);
            me.awaits(null);
            rethrowIn(me);
        }
        if (!condition.getAsBoolean()) {
            throw new IllegalStateException(me + " would wait for ever for: " + what + stuck());
        }
    }

    private Strand me() {
        Strand s = Strand.current();
        if (s != null && s.runtime == this) {
            return s;
        }
        driver.bind(Thread.currentThread());
        return driver;
    }

    private void rethrowIn(Strand me) {
        if (me == driver) {
            rethrow();
        }
    }

    /// All that may run, in the order of rounds.
    List<Strand> strands() {
        List<Strand> all = new ArrayList<>();
        for (SteppedEngine e : engines) {
            all.add(e.strand());
        }
        for (SteppedHost h : hosts) {
            h.strands(all);
        }
        threads.removeIf(SteppedThread::isDone);
        all.addAll(threads);
        all.add(driver);
        return all;
    }

    Strand driver() {
        return driver;
    }

    /// The calling application thread's place, to spread threads over CPUs.
    int currentNumber() {
        return me() instanceof SteppedThread t ? t.number() : 0;
    }

    // ---- threads that stand outside

    long progress() {
        return progress;
    }

    @Nullable
    Strand holder() {
        return holder;
    }

    /// Goes on without the thread that has the baton.
    ///
    /// @return to be thrown
    IllegalStateException abandonHolder() {
        Strand h = holder;
        if (h == null) {
            return new IllegalStateException("nobody has the baton");
        }
        IllegalStateException report = new IllegalStateException("Virtual time cannot go on: a thread has not come"
                + " back for more than " + driver.limit() / NANOS_PER_MILLI
                + " ms of real time. Code in virtual time must not lock, sleep, park or do input and output outside"
                + " the stack. " + h.whereItStands());
        h.abandon();
        h.interruptThread();
        rounds.restart();
        if (h instanceof SteppedThread t) {
            t.giveUp(report);
        }
        return report;
    }

    @Override
    public void outsideLimitMillis(long realMillis) {
        driver.limit(realMillis * NANOS_PER_MILLI);
    }

    @Override
    public List<String> recentEvents() {
        return events.list();
    }

    // ---- hosts and threads

    @Override
    public EngineHandle engine(String name, Engine engine) {
        SteppedEngine added = new SteppedEngine(this, name, engine);
        engines.add(added);
        return added;
    }

    void forget(SteppedEngine engine) {
        engines.remove(engine);
    }

    void forget(SteppedHost host) {
        hosts.remove(host);
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
        hosts.add(host);
        return host;
    }

    @Override
    public AppThread start(String name, Runnable body) {
        return start(name, body, () -> {});
    }

    @Override
    public AppThread start(String name, Runnable body, Runnable waiting) {
        SteppedThread t = new SteppedThread(this, name, started++, body, waiting);
        threads.add(t);
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
        for (SteppedThread t : threads) {
            if (t != me) {
                t.close();
            }
        }
        workers.forEach(WorkStrand::end);
        if (me == null || me.runtime != this) {
            runDue(); // else they end when the caller waits or ends
        }
    }
}
