package dev.netstack4j.testkit.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// How one run's choices are made.
@FunctionalInterface
interface Strategy {
    /// Chooses an index into `candidates`; what is out of range means 0.
    int choose(int number, List<String> candidates, String where);

    /// Always as in a schedule.
    static Strategy of(Schedule schedule) {
        return (number, candidates, where) -> schedule.at(number);
    }

    /// The default order, but for a few choices somewhere in a run of about `length`.
    static Strategy fewPreemptions(SplittableRandom random, int preemptions, int length) {
        List<Integer> at = new ArrayList<>();
        for (int i = 0; i < preemptions; i++) {
            at.add(random.nextInt(Math.max(1, length)));
        }
        return (number, candidates, where) -> at.contains(number) ? 1 + random.nextInt(candidates.size() - 1) : 0;
    }

    /// Each choice differs from the default with one probability.
    static Strategy walk(SplittableRandom random, double probability) {
        return (number, candidates, where) -> random.nextDouble() < probability ? random.nextInt(candidates.size()) : 0;
    }

    /// Each has a priority; the highest goes on. At a few points of a run of about `length` who would go on becomes the
    /// lowest of all.
    static Strategy priorities(SplittableRandom random, int changes, int length) {
        List<Integer> at = new ArrayList<>();
        for (int i = 0; i < changes; i++) {
            at.add(random.nextInt(Math.max(1, length)));
        }
        Map<String, Double> priority = new TreeMap<>();
        double[] lowest = new double[1];
        return (number, candidates, where) -> {
            candidates.forEach(c -> priority.computeIfAbsent(c, k -> random.nextDouble()));
            if (at.contains(number)) {
                priority.put(candidates.get(highest(candidates, priority)), --lowest[0]);
            }
            return highest(candidates, priority);
        };
    }

    private static int highest(List<String> candidates, Map<String, Double> priority) {
        int best = 0;
        for (int i = 1; i < candidates.size(); i++) {
            if (priority.getOrDefault(candidates.get(i), 0.0) > priority.getOrDefault(candidates.get(best), 0.0)) {
                best = i;
            }
        }
        return best;
    }
}
