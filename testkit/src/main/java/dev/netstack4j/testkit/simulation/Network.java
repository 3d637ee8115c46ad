package dev.netstack4j.testkit.simulation;

import dev.netstack4j.api.runtime.Engine;
import dev.netstack4j.api.runtime.EngineHandle;
import dev.netstack4j.api.runtime.VirtualRuntime;
import java.util.PriorityQueue;

/// What will happen on the links, in the order of time, and of making among equal times.
final class Network implements Engine {
    private static final int MOST = 256;

    private final VirtualRuntime runtime;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final EngineHandle handle;
    private long count;

    Network(VirtualRuntime runtime) {
        this.runtime = runtime;
        this.handle = runtime.engine("network", this);
    }

    record Event(long nanos, long number, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event o) {
            int byTime = Long.compare(nanos, o.nanos);
            return byTime != 0 ? byTime : Long.compare(number, o.number);
        }
    }

    long now() {
        return runtime.clock().nanos();
    }

    /// Runs `action` at an instant, or at the next turn when that is past. No CPU is held then.
    Event at(long nanos, Runnable action) {
        Event made = new Event(nanos, count++, action);
        events.add(made);
        handle.ring();
        return made;
    }

    void cancel(Event event) {
        events.remove(event);
        handle.ring();
    }

    void end() {
        events.clear();
        handle.remove();
    }

    @Override
    public int doWork(long nowNanos) {
        for (int n = 0; n < MOST; n++) {
            Event next = events.peek();
            if (next == null || next.nanos > nowNanos) {
                return 0;
            }
            events.poll();
            next.action.run();
        }
        return MOST;
    }

    @Override
    public long nextDeadlineNanos() {
        Event next = events.peek();
        return next == null ? NEVER : next.nanos;
    }
}
