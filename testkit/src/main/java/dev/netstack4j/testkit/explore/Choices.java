package dev.netstack4j.testkit.explore;

import dev.netstack4j.api.runtime.ScheduleChooser;
import dev.netstack4j.api.runtime.VirtualRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// One run's choices: made by a strategy, noted when they differ from the default.
public final class Choices implements ScheduleChooser {
    /// From here on the default order, so that every run ends.
    private static final int MOST_CHOSEN = 20_000;

    private static final int MOST = 1_000_000;

    private final VirtualRuntime runtime;
    private final Strategy strategy;
    private final SortedMap<Integer, Integer> deviations = new TreeMap<>();
    private final List<String> steps = new ArrayList<>();
    private int made;

    Choices(VirtualRuntime runtime, Strategy strategy) {
        this.runtime = runtime;
        this.strategy = strategy;
    }

    /// From here on the schedule is chosen.
    public void begin() {
        runtime.explore(this);
    }

    /// Runs everything that is due to its rest; from here on the fixed order holds.
    public void end() {
        runtime.runDue();
        runtime.explore(null);
    }

    @Override
    public int choose(List<String> candidates, String where) {
        if (made == MOST) {
            throw new IllegalStateException("this schedule does not end: " + made + " choices were made");
        }
        int number = made++;
        int chosen = number < MOST_CHOSEN ? strategy.choose(number, candidates, where) : 0;
        if (chosen <= 0 || chosen >= candidates.size()) {
            return 0;
        }
        deviations.put(number, chosen);
        steps.add("choice " + number + " at '" + where + "': " + candidates.get(chosen) + " goes on instead of "
                + candidates.getFirst());
        return chosen;
    }

    /// How many there were.
    public int made() {
        return made;
    }

    Schedule schedule() {
        return new Schedule(deviations);
    }

    List<String> steps() {
        return steps;
    }
}
