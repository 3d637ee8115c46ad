package dev.netstack4j.core.runtime;

import dev.netstack4j.api.runtime.ScheduleChooser;
import java.util.ArrayList;
import java.util.List;

/// Schedule exploration: who goes on is asked at each point at which several can.
final class Exploration {
    private final SteppedRuntime runtime;
    private ScheduleChooser chooser;

    Exploration(SteppedRuntime runtime, ScheduleChooser chooser) {
        this.runtime = runtime;
        this.chooser = chooser;
    }

    /// From now on nobody is asked.
    void defaultOrder() {
        chooser = (candidates, where) -> 0;
    }

    /// Somebody else may go on instead of `me`.
    void point(Strand me, String where) {
        List<Strand> others = others(me);
        if (!others.isEmpty()) {
            others.addFirst(me);
            stop(me, pick(others, where), where);
        }
    }

    /// Somebody else goes on instead of `me`, if anybody can.
    void giveWay(Strand me, String where) {
        List<Strand> others = others(me);
        if (!others.isEmpty()) {
            stop(me, pick(others, where), where);
        }
    }

    private void stop(Strand me, Strand next, String where) {
        if (next != me) {
            runtime.note(me, "is stopped at " + where);
            me.preempted(true);
            runtime.baton().hand(me, next);
            me.preempted(false);
        }
    }

    /// Who goes on now that `me` cannot.
    Strand next(Strand me, Goal goal) {
        List<Strand> others = others(me);
        if (me != runtime.baton().driver() && me.isRunnable(runtime.now())) {
            others.addFirst(me);
        }
        while (others.isEmpty() && goal.goesOn(runtime)) {
            others = others(runtime.baton().driver());
        }
        if (others.isEmpty()) {
            return runtime.baton().driver();
        }
        goal.ran();
        return pick(others, "rest");
    }

    private List<Strand> others(Strand me) {
        List<Strand> all = runtime.strands();
        List<Strand> found = new ArrayList<>();
        int first = all.indexOf(me) + 1;
        for (int i = 0; i < all.size(); i++) {
            Strand s = all.get((first + i) % all.size());
            if (s != me && s.isRunnable(runtime.now())) {
                found.add(s);
            }
        }
        return found;
    }

    private Strand pick(List<Strand> candidates, String where) {
        if (candidates.size() == 1) {
            return candidates.getFirst();
        }
        try {
            List<String> names = new ArrayList<>();
            for (Strand s : candidates) {
                names.add(s.name());
            }
            return candidates.get(chooser.choose(names, where));
        } catch (RuntimeException | Error e) {
            defaultOrder();
            runtime.baton().failed(e);
            return runtime.baton().driver();
        }
    }
}
