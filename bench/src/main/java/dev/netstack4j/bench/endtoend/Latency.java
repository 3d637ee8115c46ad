package dev.netstack4j.bench.endtoend;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/// How long a request takes while another connection sends in bulk to the same host: percentiles, on this stack and on
/// the kernel.
final class Latency {
    static final String TABLE = "latency.md";

    private static final long LONGEST_NANOS = 60_000_000_000L;
    private static final int DIGITS = 3;
    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 99.99, 100};
    private static final double MICRO = 1e-3;

    private final Histogram stack = empty();
    private final Histogram kernel = empty();

    static Histogram empty() {
        return new Histogram(LONGEST_NANOS, DIGITS);
    }

    /// Measures both in turn. The first pair warms both up and is not counted.
    void measure(String stackAddress, String kernelAddress, int rounds, long nanos) throws IOException {
        for (int i = -1; i < rounds; i++) {
            Histogram ofStack = empty();
            Histogram ofKernel = empty();
            new Generator(stackAddress, nanos).underLoad(ofStack);
            new Generator(kernelAddress, nanos).underLoad(ofKernel);
            if (i >= 0) {
                stack.add(ofStack);
                kernel.add(ofKernel);
            }
        }
    }

    /// Writes the table, the histograms in HdrHistogram's own text, and a plot.
    void write(Path folder) throws IOException {
        String table = table();
        System.err.print(table);
        Files.writeString(folder.resolve(TABLE), table);
        histogram(stack, folder.resolve("latency-stack.hgrm"));
        histogram(kernel, folder.resolve("latency-kernel.hgrm"));
        Plot.latencies(stack, kernel, folder.resolve("latency.png"));
    }

    private String table() {
        StringBuilder text = new StringBuilder("| request/response under a bulk load, us |");
        StringBuilder under = new StringBuilder("|---|");
        for (double p : PERCENTILES) {
            text.append(p == 100 ? " most |" : " " + trimmed(p) + " % |");
            under.append("---|");
        }
        return text.append('\n').append(under).append('\n') + row("stack", stack) + row("kernel", kernel);
    }

    private static String trimmed(double p) {
        return p == Math.rint(p) ? Long.toString((long) p) : Double.toString(p);
    }

    private static String row(String name, Histogram of) {
        StringBuilder text = new StringBuilder("| ").append(name).append(" |");
        for (double p : PERCENTILES) {
            text.append(String.format(Locale.ROOT, " %.4g |", of.getValueAtPercentile(p) * MICRO));
        }
        return text.append('\n').toString();
    }

    private static void histogram(Histogram of, Path file) throws IOException {
        try (PrintStream to = new PrintStream(Files.newOutputStream(file), false, StandardCharsets.US_ASCII)) {
            of.outputPercentileDistribution(to, 1 / MICRO);
        }
    }
}
