package dev.netstack4j.core.runtime;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who goes on. One strand at a time has the baton; whoever gives it away decides who gets it, by rounds or as an
/// exploration says, until the goal of the driving thread is reached, which then has it back.
final class Baton {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final SteppedRuntime runtime;
    private final Rounds rounds;
    private final DrivingStrand driver;
    private final List<WorkStrand> workers = new ArrayList<>();
    private Goal goal = Goal.due();
    private @Nullable Throwable failure;
    private volatile @Nullable Strand holder;
    private volatile long progress;

    Baton(SteppedRuntime runtime, Rounds rounds) {
        this.runtime = runtime;
        this.rounds = rounds;
        driver = new DrivingStrand(runtime);
    }

    DrivingStrand driver() {
        return driver;
    }

    /// The calling thread's strand: the driver's, when the runtime did not make it.
    Strand me() {
        Strand s = Strand.current();
        if (s != null && s.runtime == runtime) {
            return s;
        }
        driver.bind(Thread.currentThread());
        return driver;
    }

    /// The driving thread runs the others until `wanted` is reached.
    Goal drive(Goal wanted) {
        Strand me = Strand.current();
        if (me != null && me.runtime == runtime) {
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
        rethrowIn(driver);
        return wanted;
    }

    // ---- handing it on

    /// Gives it to whoever comes next, and waits until it comes back.
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

    /// A strand that ends hands it on for the last time.
    void leave(Strand ended) {
        give(next(ended));
    }

    private Strand next(Strand me) {
        try {
            Exploration e = runtime.exploration();
            return e != null ? e.next(me, goal) : nextByRounds();
        } catch (Throwable e) {
            rounds.restart();
            failed(e);
        }
        return driver;
    }

    private Strand nextByRounds() {
        SteppedThread t = rounds.next(runtime, goal);
        while (t == null && goal.goesOn(runtime)) {
            t = rounds.next(runtime, goal);
        }
        if (t == null) {
            return driver;
        }
        runtime.note(t, "runs");
        return t;
    }

    private void give(Strand next) {
        moved();
        holder = next;
        if (next instanceof WorkStrand w && !w.hasThread()) {
            workers.add(w);
        }
        next.grant();
    }

    /// Something happened: nobody stands outside.
    @SuppressWarnings("NonAtomicVolatileUpdate") // written by who has the baton
    void moved() {
        progress++;
    }

    // ---- failures

    /// To be thrown by the driving thread.
    void failed(Throwable e) {
        if (failure == null) {
            failure = e;
        }
    }

    /// Throws what has failed, if the driving thread asks.
    void rethrowIn(Strand me) {
        if (me != driver) {
            return;
        }
        Throwable thrown = failure;
        failure = null;
        switch (thrown) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(thrown);
        }
    }

    // ---- threads that stand outside

    long progress() {
        return progress;
    }

    @Nullable
    Strand holder() {
        return holder;
    }

    /// Goes on without the thread that has it.
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

    /// Ends the threads of agents and engines.
    void endWorkers() {
        workers.forEach(WorkStrand::end);
    }
}
