package dev.netstack4j.bench.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Measures all rows beside the kernel, this stack and the kernel in turn, and tells whether each target was reached.
public final class Driver {
    /// A target was missed.
    private static final int MISSED = 3;
    private static final String TAP = "10.81.0.2";
    private static final String TAP_MTU = "10.82.0.2";
    private static final String IGB = "10.83.0.2";
    private static final String VETH = "10.84.0.2";
    private static final String VETH_MTU = "10.85.0.2";

    private static final List<Row> ROWS = List.of(
            new Row("TCP bulk, kernel to stack, offloads", "Gbit/s", TAP, VETH, 0.60, Generator::bulkOut),
            new Row("TCP bulk, stack to kernel, offloads", "Gbit/s", TAP, VETH, 0.50, Generator::bulkIn),
            new Row("TCP bulk, kernel to stack, MTU frames", "Gbit/s", TAP_MTU, VETH_MTU, 1.0, Generator::bulkOut),
            new Row("TCP bulk, stack to kernel, MTU frames", "Gbit/s", TAP_MTU, VETH_MTU, 0.55, Generator::bulkIn),
            new Row("TCP bulk, kernel to stack, emulated igb", "Gbit/s", IGB, VETH, 0.20, Generator::bulkOut),
            new Row("TCP bulk, stack to kernel, emulated igb", "Gbit/s", IGB, VETH, 0.30, Generator::bulkIn),
            new Row("Request/response, default", "1/s", TAP, VETH, 0.9, Generator::requests),
            new Row("Connect, one byte each way, close", "1/s", TAP, VETH, 0.75, Generator::connections),
            new Row("UDP echo, 64 outstanding, 18 bytes", "1/s", TAP, VETH, 1.0, Generator::datagrams));

    private Driver() {}

    /// Arguments: rounds, milliseconds of one measurement, folder for results, and a regular expression that chooses
    /// rows by name.
    public static void main(String[] args) throws IOException {
        int rounds = Integer.parseInt(args[0]);
        long nanos = Long.parseLong(args[1]) * 1_000_000;
        List<Outcome> outcomes = new ArrayList<>();
        for (Row row : ROWS) {
            if (row.name().matches(".*(" + args[3] + ").*")) {
                outcomes.add(measure(row, rounds, nanos));
                System.err.println(line(outcomes.getLast()));
            }
        }
        String table = table(outcomes);
        System.out.print(table);
        Path folder = Files.createDirectories(Path.of(args[2]));
        Files.writeString(folder.resolve("results.md"), table);
        Files.writeString(folder.resolve("results.csv"), csv(outcomes));
        Plot.write(outcomes, folder.resolve("ratios.png"));
        System.exit(outcomes.stream().allMatch(Outcome::isMet) ? 0 : MISSED);
    }

    /// The first pair warms both up and is not counted.
    private static Outcome measure(Row row, int rounds, long nanos) throws IOException {
        Outcome outcome = new Outcome(row);
        for (int i = -1; i < rounds; i++) {
            double stack = row.load().run(new Generator(row.stack(), nanos));
            double kernel = row.load().run(new Generator(row.kernel(), nanos));
            if (i >= 0) {
                outcome.add(stack, kernel);
            }
        }
        return outcome;
    }

    private static String table(List<Outcome> outcomes) {
        StringBuilder text = new StringBuilder();
        text.append("| measure | unit | stack, median (least to most) | kernel, median | ratio | target | |\n");
        text.append("|---|---|---|---|---|---|---|\n");
        outcomes.forEach(o -> text.append(line(o)).append('\n'));
        return text.toString();
    }

    private static String line(Outcome o) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.4g (%.4g to %.4g) | %.4g | %.2f | %.2f | %s |",
                o.row.name(),
                o.row.unit(),
                o.stack(),
                o.least(),
                o.most(),
                o.kernel(),
                o.ratio(),
                o.row.target(),
                o.isMet() ? "met" : "missed");
    }

    private static String csv(List<Outcome> outcomes) {
        StringBuilder text = new StringBuilder("measure,unit,stack,least,most,kernel,ratio,target\n");
        for (Outcome o : outcomes) {
            text.append(String.format(
                    Locale.ROOT,
                    "\"%s\",%s,%g,%g,%g,%g,%g,%g%n",
                    o.row.name(),
                    o.row.unit(),
                    o.stack(),
                    o.least(),
                    o.most(),
                    o.kernel(),
                    o.ratio(),
                    o.row.target()));
        }
        return text.toString();
    }
}
