package dev.netstack4j.bench.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Measures the rows of one regime, this stack and the kernel in turn, and leaves them to [Report].
public final class Driver {
    private static final long WARM_UP_NANOS = 4_000_000_000L;
    private static final String LATENCY = "Latency under a bulk load";

    private Driver() {}

    /// Arguments: rounds, milliseconds of one measurement, folder for results, a regular expression that chooses rows
    /// by name, and the regime.
    public static void main(String[] args) throws IOException {
        int rounds = Integer.parseInt(args[0]);
        long nanos = Long.parseLong(args[1]) * 1_000_000;
        Path folder = Files.createDirectories(Path.of(args[2]));
        Regime regime = Regime.valueOf(args[4]);
        List<Figure> figures = new ArrayList<>();
        for (Row row : Rows.ALL) {
            if (row.regime() == regime && isWanted(row.name(), args[3])) {
                figures.add(measure(row, rounds, nanos));
                System.err.print(figures.getLast().line());
            }
        }
        StringBuilder csv = new StringBuilder(Figure.CSV_HEAD);
        figures.forEach(f -> csv.append(f.csv()));
        Files.writeString(Report.rows(folder, regime), csv);
        if (regime == Regime.DEFAULT && isWanted(LATENCY, args[3])) {
            Latency latency = new Latency();
            latency.measure(Rows.TAP, Rows.VETH, rounds, nanos);
            latency.write(folder);
        }
    }

    private static boolean isWanted(String name, String expression) {
        return name.matches(".*(" + expression + ").*");
    }

    /// The first pairs warm both up and are not counted.
    private static Figure measure(Row row, int rounds, long nanos) throws IOException {
        Outcome outcome = new Outcome(row);
        int warmUps = Math.toIntExact(Math.max(2, WARM_UP_NANOS / nanos));
        for (int i = -warmUps; i < rounds; i++) {
            double stack = row.load().run(new Generator(row.stack(), nanos));
            double kernel = row.load().run(new Generator(row.kernel(), nanos));
            if (i >= 0) {
                outcome.add(stack, kernel);
            }
        }
        return outcome.figure();
    }
}
