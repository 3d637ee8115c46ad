package dev.netstack4j.testkit.explore;

import java.util.List;

/// A schedule under which a scenario fails, shortened.
public final class FailedSchedule {
    private final Schedule schedule;
    private final int found;
    private final int originalSize;
    private final List<String> steps;
    private final List<String> events;
    private final Throwable cause;

    FailedSchedule(
            Schedule schedule, int found, int originalSize, List<String> steps, List<String> events, Throwable cause) {
        this.schedule = schedule;
        this.found = found;
        this.originalSize = originalSize;
        this.steps = List.copyOf(steps);
        this.events = List.copyOf(events);
        this.cause = cause;
    }

    /// Fewest differences from the default order that still fail.
    public Schedule schedule() {
        return schedule;
    }

    /// The number of the schedule that failed first, from 1.
    public int found() {
        return found;
    }

    /// How many choices of the schedule that failed first differ from the default.
    public int originalSize() {
        return originalSize;
    }

    /// Where it differs from the default order, a sentence each.
    public List<String> steps() {
        return steps;
    }

    /// What the scenario threw.
    public Throwable cause() {
        return cause;
    }

    /// All of it for people.
    ///
    /// @param scenario its name
    /// @param seed the search's
    String report(String scenario, long seed) {
        StringBuilder s = new StringBuilder("scenario '" + scenario + "' fails under schedule " + found + " of seed "
                + seed + ", shortened from " + originalSize + " to " + schedule.size() + " choices: " + cause);
        steps.forEach(step -> s.append("\n  ").append(step));
        s.append("\nthe last events:");
        events.forEach(e -> s.append("\n  ").append(e));
        return s.append("\nRepeat it with -D" + Explorer.PROPERTY + "=" + schedule)
                .toString();
    }
}
