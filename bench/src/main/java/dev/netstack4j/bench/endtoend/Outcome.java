package dev.netstack4j.bench.endtoend;

import java.util.ArrayList;
import java.util.List;

/// The figures of one row, a pair for each round.
final class Outcome {
    private final Row row;
    private final List<Double> stack = new ArrayList<>();
    private final List<Double> kernel = new ArrayList<>();

    Outcome(Row row) {
        this.row = row;
    }

    void add(double ofStack, double ofKernel) {
        stack.add(ofStack);
        kernel.add(ofKernel);
    }

    Figure figure() {
        return new Figure(
                row.name(),
                row.unit(),
                median(stack),
                stack.stream().mapToDouble(d -> d).min().orElse(0),
                stack.stream().mapToDouble(d -> d).max().orElse(0),
                median(kernel),
                ratio(),
                row.target());
    }

    /// Median of the ratios of neighbours in time.
    private double ratio() {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < stack.size(); i++) {
            ratios.add(stack.get(i) / kernel.get(i));
        }
        return median(ratios);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int n = sorted.size();
        return n == 0 ? 0 : (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
    }
}
