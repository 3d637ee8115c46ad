package dev.netstack4j.testkit.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Where a run differs from the default order: numbers of choices and who was chosen there. Written `17:2,130:1`; the
/// default order itself is `default`.
public final class Schedule {
    private static final String DEFAULT = "default";

    private final SortedMap<Integer, Integer> deviations;

    Schedule(SortedMap<Integer, Integer> deviations) {
        this.deviations = new TreeMap<>(deviations);
    }

    /// Reads what [#toString] writes.
    ///
    /// @throws IllegalArgumentException when it is written otherwise
    public static Schedule parse(String text) {
        SortedMap<Integer, Integer> all = new TreeMap<>();
        if (!text.equals(DEFAULT)) {
            for (String one : text.split(",", -1)) {
                String[] parts = one.split(":", -1);
                if (parts.length != 2) {
                    throw new IllegalArgumentException("a schedule is written 17:2,130:1, not " + text);
                }
                all.put(Integer.parseInt(parts[0].strip()), Integer.parseInt(parts[1].strip()));
            }
        }
        return new Schedule(all);
    }

    /// How many choices differ from the default.
    public int size() {
        return deviations.size();
    }

    int at(int choice) {
        return deviations.getOrDefault(choice, 0);
    }

    List<Integer> choices() {
        return new ArrayList<>(deviations.keySet());
    }

    Schedule only(List<Integer> kept) {
        SortedMap<Integer, Integer> some = new TreeMap<>();
        kept.forEach(k -> some.put(k, at(k)));
        return new Schedule(some);
    }

    /// Without the choice `out`, and with all later ones moved by so much.
    Schedule without(int out, int moved) {
        SortedMap<Integer, Integer> rest = new TreeMap<>();
        deviations.forEach((choice, chosen) -> {
            if (choice != out) {
                rest.put(choice < out ? choice : choice + moved, chosen);
            }
        });
        return new Schedule(rest);
    }

    @Override
    public String toString() {
        return deviations.isEmpty()
                ? DEFAULT
                : deviations.entrySet().stream()
                        .map(e -> e.getKey() + ":" + e.getValue())
                        .collect(Collectors.joining(","));
    }
}
