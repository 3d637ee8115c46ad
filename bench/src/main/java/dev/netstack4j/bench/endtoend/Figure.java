package dev.netstack4j.bench.endtoend;

import java.util.Locale;

/// What one row came to, as it is printed and kept.
///
/// @param name   of the row
/// @param unit   of `stack` to `kernel`
/// @param stack  median
/// @param least  of the rounds on this stack
/// @param most   of the rounds on this stack
/// @param kernel median
/// @param ratio  median of the ratios of neighbours in time
/// @param target least ratio; 0 where none is asked for
record Figure(
        String name, String unit, double stack, double least, double most, double kernel, double ratio, double target) {
    static final String HEAD = """
            | measure | unit | stack, median (least to most) | kernel, median | ratio | target | |
            |---|---|---|---|---|---|---|
            """;
    static final String CSV_HEAD = "measure;unit;stack;least;most;kernel;ratio;target\n";

    boolean isMet() {
        return ratio >= target;
    }

    /// A row of a table in Markdown.
    String line() {
        String wanted = target > 0 ? String.format(Locale.ROOT, "%.2f", target) : "";
        String verdict = target > 0 ? isMet() ? "met" : "missed" : "beside";
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.4g (%.4g to %.4g) | %.4g | %.2f | %s | %s |\n",
                name,
                unit,
                stack,
                least,
                most,
                kernel,
                ratio,
                wanted,
                verdict);
    }

    String csv() {
        return String.format(
                Locale.ROOT, "%s;%s;%g;%g;%g;%g;%g;%g\n", name, unit, stack, least, most, kernel, ratio, target);
    }

    static Figure ofCsv(String line) {
        String[] f = line.split(";", -1);
        return new Figure(
                f[0], f[1], number(f[2]), number(f[3]), number(f[4]), number(f[5]), number(f[6]), number(f[7]));
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }
}
