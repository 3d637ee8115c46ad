package dev.netstack4j.bus.emulated.bench;

import dev.netstack4j.api.runtime.Engine;
import dev.netstack4j.api.runtime.EngineHandle;
import dev.netstack4j.api.runtime.Engines;
import dev.netstack4j.testkit.fake.FakeTime;
import java.util.ArrayList;
import java.util.List;

/// Engines that run when told, in order of registration.
public final class StepEngines implements Engines {
    private static final int MOST_TURNS = 100_000;

    private final FakeTime time;
    private final List<Entry> entries = new ArrayList<>();
    /// Rings so far.
    public int rings;

    public StepEngines(FakeTime time) {
        this.time = time;
    }

    private final class Entry implements EngineHandle {
        private final Engine engine;
        private boolean rung;

        Entry(Engine engine) {
            this.engine = engine;
        }

        @Override
        public void ring() {
            rung = true;
            rings++;
        }

        @Override
        public void remove() {
            entries.remove(this);
        }
    }

    @Override
    public EngineHandle add(String name, Engine engine) {
        Entry e = new Entry(engine);
        entries.add(e);
        return e;
    }

    /// Engines that are registered.
    public int count() {
        return entries.size();
    }

    /// Runs each engine that was rung once.
    ///
    /// @return whether any ran
    public boolean turn() {
        boolean any = false;
        for (Entry e : List.copyOf(entries)) {
            if (e.rung || e.engine.nextDeadlineNanos() <= time.nanos()) {
                e.rung = false;
                any = true;
                if (e.engine.doWork(time.nanos()) > 0) {
                    e.rung = true;
                }
            }
        }
        return any;
    }

    /// Runs until nothing is rung and nothing is due.
    public void settle() {
        for (int turns = 0; turn(); turns++) {
            if (turns > MOST_TURNS) {
                throw new AssertionError("an engine never comes to rest");
            }
        }
    }

    /// The nearest deadline.
    public long nextDeadline() {
        long next = Engine.NEVER;
        for (Entry e : entries) {
            next = Math.min(next, e.engine.nextDeadlineNanos());
        }
        return next;
    }

    /// Lets time pass, stopping at every deadline.
    public void advance(long nanos) {
        long until = time.nanos() + nanos;
        settle();
        for (long next = nextDeadline(); next <= until; next = nextDeadline()) {
            time.advance(Math.max(0, next - time.nanos()));
            settle();
        }
        time.advance(until - time.nanos());
    }
}
