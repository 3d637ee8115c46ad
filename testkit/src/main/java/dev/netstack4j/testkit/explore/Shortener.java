package dev.netstack4j.testkit.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Takes differences from the default order out of a failing schedule, half of them, a quarter, and so on to single
/// ones, as long as it still fails.
final class Shortener {
    private static final int MOST_TRIALS = 500;

    private int trials;

    private Shortener() {}

    static Schedule shorten(Schedule failing, Predicate<Schedule> fails) {
        return new Shortener().run(failing, fails);
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
