package dev.netstack4j.core.runtime;

import java.util.ArrayList;
import java.util.List;

/// What a stepped runtime steps, in the order of making: engines between hosts, hosts, application threads.
final class Population {
    private final List<SteppedHost> hosts = new ArrayList<>();
    private final List<SteppedEngine> engines = new ArrayList<>();
    private final List<SteppedThread> threads = new ArrayList<>();

    void add(SteppedHost host) {
        hosts.add(host);
    }

    void add(SteppedEngine engine) {
        engines.add(engine);
    }

    void add(SteppedThread thread) {
        threads.add(thread);
    }

    void forget(SteppedEngine engine) {
        engines.remove(engine);
    }

    void forget(SteppedHost host) {
        hosts.remove(host);
    }

    List<SteppedHost> hosts() {
        return hosts;
    }

    List<SteppedThread> threads() {
        return threads;
    }

    /// The fixed order of their turns.
    Rounds rounds() {
        return new Rounds(engines, hosts, threads);
    }

    /// The earliest instant at which anything is due; `Long.MAX_VALUE` for never.
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

    /// Each as a line of execution of its own. Threads that have ended are forgotten.
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
        return all;
    }

    /// Those who wait in the middle of something, and where, one frame a line.
    String whereTheyStand() {
        StringBuilder s = new StringBuilder();
        for (Strand t : strands()) {
            if (t.hasThread() && (t instanceof SteppedThread || t.isInside())) {
                s.append(System.lineSeparator()).append(t.whereItStands());
            }
        }
        return s.toString();
    }
}
