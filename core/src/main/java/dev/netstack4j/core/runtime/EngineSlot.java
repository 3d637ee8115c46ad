package dev.netstack4j.core.runtime;

import dev.netstack4j.api.runtime.Engine;
import dev.netstack4j.api.runtime.EngineHandle;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A registered engine: rung by a bit, run by one thread at a time.
final class EngineSlot implements EngineHandle {
    private static final System.Logger LOG = System.getLogger(EngineSlot.class.getName());

    private final Host host;
    private final String name;
    private final Engine engine;
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile boolean rung;
    private volatile boolean removed;
    private volatile long deadline = Engine.NEVER;
    private @Nullable WorkStrand strand;

    EngineSlot(Host host, String name, Engine engine) {
        this.host = host;
        this.name = name;
        this.engine = engine;
    }

    @Override
    public void ring() {
        if (!rung) {
            rung = true;
            host.kick(host.cpu(0));
        }
    }

    /// Rung, and nobody runs it now: who does looks at the bit again afterwards, and others need not spin for it.
    boolean isRung() {
        return rung && !running.get();
    }

    /// When it wants to run; of one that runs now, its runner finds that out.
    long deadline() {
        if (running.get()) {
            return Engine.NEVER;
        }
        return rung ? Long.MIN_VALUE : deadline;
    }

    /// Runs it when it was rung or is due.
    ///
    /// @return whether it ran
    boolean runIfWanted(long now) {
        if (!rung && deadline > now || !running.compareAndSet(false, true)) {
            return false; // a runner that has it now looks at the bit again
        }
        boolean more = false;
        try {
            host.note(this, "runs");
            rung = false;
            if (!removed) {
                more = engine.doWork(now) > 0;
                deadline = engine.nextDeadlineNanos();
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "engine " + name + " failed and is left alone until it is rung again",
                    e);
            deadline = Engine.NEVER;
        } finally {
            if (more) {
                rung = true;
            }
            running.set(false);
        }
        return true;
    }

    /// It alone, in schedule exploration.
    WorkStrand strand(SteppedRuntime runtime) {
        WorkStrand s = strand;
        if (s == null) {
            s = new WorkStrand(runtime, toString(), new Alone());
            strand = s;
        }
        return s;
    }

    private final class Alone implements WorkStrand.Work {
        @Override
        public void piece() {
            runIfWanted(host.now());
        }

        @Override
        public boolean isWanted() {
            return deadline() <= host.now();
        }

        @Override
        public boolean isOver() {
            return removed;
        }
    }

    @Override
    public void remove() {
        removed = true;
        host.removeEngine(this);
        while (running.get()) {
            host.spin("engine ends");
        }
    }

    @Override
    public String toString() {
        return "engine " + name;
    }
}
