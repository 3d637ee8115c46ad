package dev.netstack4j.bench.netem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// What the pairs of a cell gave.
final class CellResult {
    private static final double TOLERANCE = 0.1;

    final Cell cell;
    private final List<Double> stack = new ArrayList<>();
    private final List<Double> kernel = new ArrayList<>();
    private final List<Double> ratios = new ArrayList<>();
    private int wanted = -1;
    private long bytes;

    private CellResult(Cell cell) {
        this.cell = cell;
    }

    /// Reads the file that a lane wrote.
    static CellResult read(Cell cell, Path file) throws IOException {
        CellResult result = new CellResult(cell);
        List<String> lines = Files.readAllLines(file);
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",", -1);
            if (fields[0].equals("wanted")) {
                result.wanted = Integer.parseInt(fields[1]);
            } else {
                result.bytes = Long.parseLong(fields[0]);
                result.add(Double.parseDouble(fields[2]), Double.parseDouble(fields[3]));
            }
        }
        return result;
    }

    private void add(double ofStack, double ofKernel) {
        stack.add(ofStack);
        kernel.add(ofKernel);
        ratios.add(ofStack / ofKernel);
    }

    double stack() {
        return quantile(stack, 0.5);
    }

    double kernel() {
        return quantile(kernel, 0.5);
    }

    /// Of the ratios of neighbours in time.
    double ratio(double quantile) {
        return quantile(ratios, quantile);
    }

    List<Double> ratios() {
        return Collections.unmodifiableList(ratios);
    }

    int pairs() {
        return ratios.size();
    }

    long bytes() {
        return bytes;
    }

    /// In words; `met` is the only good one, and `faster` means by more than a tenth, which the target excludes too.
    String verdict() {
        if (ratios.size() != wanted) {
            return "incomplete";
        }
        double ratio = ratio(0.5);
        if (ratio < 1 - TOLERANCE) {
            return "slower";
        }
        return ratio > 1 + TOLERANCE ? "faster" : "met";
    }

    private static double quantile(List<Double> values, double q) {
        List<Double> sorted = values.stream().sorted().toList();
        if (sorted.isEmpty()) {
            return 0;
        }
        double at = q * (sorted.size() - 1);
        double below = sorted.get((int) Math.floor(at));
        double above = sorted.get((int) Math.ceil(at));
        return below + (above - below) * (at - Math.floor(at));
    }
}
