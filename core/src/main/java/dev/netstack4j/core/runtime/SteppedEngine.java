package dev.netstack4j.core.runtime;

import dev.netstack4j.api.runtime.Engine;
import dev.netstack4j.api.runtime.EngineHandle;

/// An engine in virtual time that belongs to no host. Used by one thread at a time.
final class SteppedEngine implements EngineHandle, WorkStrand.Work {
    private final SteppedRuntime runtime;
    private final String name;
    private final Engine engine;
    private final WorkStrand strand;
    private boolean rung;
    private long deadline;

    SteppedEngine(SteppedRuntime runtime, String name, Engine engine) {
        this.runtime = runtime;
        this.name = name;
        this.engine = engine;
        this.strand = new WorkStrand(runtime, "engine " + name, this);
        this.deadline = engine.nextDeadlineNanos();
    }

    WorkStrand strand() {
        return strand;
    }

    @Override
    public void piece() {
        runIfWanted(runtime.now());
    }

    @Override
    public boolean isWanted() {
        return deadline() <= runtime.now();
    }

    @Override
    public void ring() {
        rung = true;
    }

    /// When it wants to run.
    long deadline() {
        return rung ? Long.MIN_VALUE : deadline;
    }

    /// Runs it when it was rung or is due.
    ///
    /// @return whether it ran
    boolean runIfWanted(long now) {
        if (deadline() > now) {
            return false;
        }
        rung = false;
        runtime.note(this, "runs");
        boolean more = engine.doWork(now) > 0;
        deadline = engine.nextDeadlineNanos();
        rung |= more;
        return true;
    }

    @Override
    public void remove() {
        runtime.forget(this);
    }

    @Override
    public String toString() {
        return "engine " + name;
    }
}
