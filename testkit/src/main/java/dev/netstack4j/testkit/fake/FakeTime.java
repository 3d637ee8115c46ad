package dev.netstack4j.testkit.fake;

import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Timer;
import dev.netstack4j.api.runtime.TimerHandler;
import dev.netstack4j.api.runtime.Timers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A clock that stands still until advanced, with timers that fire in order of deadline, then of arming.
public final class FakeTime implements Clock, Timers {
    private final List<FakeTimer> armed = new ArrayList<>();
    private long now = 1_000_000_000L;
    private long order;
    private @Nullable Cpu cpu;

    /// At one second.
    public FakeTime() {}

    /// On which CPU handlers run.
    public void cpu(Cpu cpu) {
        this.cpu = cpu;
    }

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public long wallNanos() {
        return 1_700_000_000_000_000_000L + now;
    }

    @Override
    public Timer coarse(String name, TimerHandler handler) {
        return new FakeTimer(name, handler);
    }

    @Override
    public Timer exact(String name, TimerHandler handler) {
        return new FakeTimer(name, handler);
    }

    /// The nearest deadline, or `Long.MAX_VALUE`.
    public long nextDeadline() {
        FakeTimer next = next();
        return next == null ? Long.MAX_VALUE : next.deadline;
    }

    /// Moves time, firing timers on the way.
    public void advance(long nanos) {
        long until = now + nanos;
        for (FakeTimer t = next(); t != null && t.deadline <= until; t = next()) {
            now = Math.max(now, t.deadline);
            armed.remove(t);
            t.armed = false;
            Cpu on = cpu;
            if (on == null) {
                throw new IllegalStateException("tell the fake time its CPU first");
            }
            t.handler.expired(on);
        }
        now = until;
    }

    private @Nullable FakeTimer next() {
        FakeTimer best = null;
        for (FakeTimer t : armed) {
            if (best == null
                    || t.deadline < best.deadline
                    || t.deadline == best.deadline && t.sequence < best.sequence) {
                best = t;
            }
        }
        return best;
    }

    private final class FakeTimer implements Timer {
        private final String name;
        private final TimerHandler handler;
        private boolean armed;
        private long deadline;
        private long sequence;

        FakeTimer(String name, TimerHandler handler) {
            this.name = name;
            this.handler = handler;
        }

        @Override
        public void arm(long deadlineNanos, Cpu on) {
            if (!armed) {
                armed = true;
                FakeTime.this.armed.add(this);
            }
            deadline = deadlineNanos;
            sequence = order++;
        }

        @Override
        public boolean cancel(Cpu on) {
            boolean was = armed;
            armed = false;
            FakeTime.this.armed.remove(this);
            return was;
        }

        @Override
        public boolean isArmed() {
            return armed;
        }

        @Override
        public long deadlineNanos() {
            return deadline;
        }

        @Override
        public String toString() {
            return name + (armed ? " at " + deadline : " idle");
        }
    }
}
