package dev.netstack4j.testkit.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Takes differences from the default order out of a failing schedule, half of them, a quarter, and so on to single
/// ones, as long as it still fails. Who is not stopped makes more choices, or fewer, before the later ones: they are
/// looked for a little further on and back.
final class Shortener {
    private static final int MOST_TRIALS = 500;
    private static final int MOST_SHIFTED_TRIALS = 2000;
    private static final int FURTHEST = 12;

    private int trials;

    private Shortener() {}

    static Schedule shorten(Schedule failing, Predicate<Schedule> fails) {
        Shortener s = new Shortener();
        Schedule shortest = s.run(failing, fails);
        for (Schedule shorter = s.shifted(shortest, fails); shorter != null; shorter = s.shifted(shortest, fails)) {
            shortest = shorter;
        }
        return shortest;
    }

    /// Takes one difference out and moves the later ones.
    ///
    /// @return null when none of these schedules fails
    private @Nullable Schedule shifted(Schedule schedule, Predicate<Schedule> fails) {
        List<Integer> all = schedule.choices();
        for (int i = all.size() - 1; i >= 0; i--) {
            for (int n = 0; n < 2 * FURTHEST && trials < MOST_TRIALS + MOST_SHIFTED_TRIALS; n++) {
                int moved = n % 2 == 0 ? -(n / 2 + 1) : n / 2 + 1;
                Schedule candidate = schedule.without(all.get(i), moved);
                trials++;
                if (candidate.size() < schedule.size() && fails.test(candidate)) {
                    return candidate;
                }
            }
        }
        return null;
    }

    private Schedule run(Schedule failing, Predicate<Schedule> fails) {
        Schedule shortest = failing;
        for (int part = Math.max(1, shortest.size() / 2); part >= 1; ) {
            Schedule shorter = without(shortest, part, fails);
            boolean became = shorter.size() < shortest.size();
            shortest = shorter;
            if (!became || part > shortest.size()) {
                part = part == 1 && became ? 1 : part / 2;
            }
        }
        return shortest;
    }

    private Schedule without(Schedule schedule, int part, Predicate<Schedule> fails) {
        Schedule shortest = schedule;
        for (int end = shortest.size(); end > 0; end -= part) {
            List<Integer> all = shortest.choices();
            int from = Math.max(0, end - part);
            List<Integer> kept = new ArrayList<>(all.subList(0, from));
            kept.addAll(all.subList(Math.min(end, all.size()), all.size()));
            Schedule candidate = shortest.only(kept);
            if (trials < MOST_TRIALS && candidate.size() < shortest.size()) {
                trials++;
                if (fails.test(candidate)) {
                    shortest = candidate;
                }
            }
        }
        return shortest;
    }
}
