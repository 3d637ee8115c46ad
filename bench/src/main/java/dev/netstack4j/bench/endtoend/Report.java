package dev.netstack4j.bench.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Puts together what the runs of [Driver] left in a folder: the table, the plots, and whether each target was reached.
public final class Report {
    /// A target was missed.
    private static final int MISSED = 3;

    private Report() {}

    /// Argument: the folder with results.
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        List<Figure> figures = new ArrayList<>();
        for (Regime regime : Regime.values()) {
            Path file = rows(folder, regime);
            if (Files.exists(file)) {
                Files.readAllLines(file).stream().skip(1).map(Figure::ofCsv).forEach(figures::add);
            }
        }
        StringBuilder table = new StringBuilder(Figure.HEAD);
        StringBuilder csv = new StringBuilder(Figure.CSV_HEAD);
        figures.forEach(f -> table.append(f.line()));
        figures.forEach(f -> csv.append(f.csv()));
        Path latency = folder.resolve(Latency.TABLE);
        if (Files.exists(latency)) {
            table.append('\n').append(Files.readString(latency));
        }
        System.out.print(table);
        Files.writeString(folder.resolve("results.md"), table);
        Files.writeString(folder.resolve("results.csv"), csv);
        Plot.ratios(figures, folder.resolve("ratios.png"));
        System.exit(figures.stream().allMatch(Figure::isMet) ? 0 : MISSED);
    }

    /// Where a run keeps its rows until all have been measured.
    static Path rows(Path folder, Regime regime) {
        return folder.resolve("rows-" + regime + ".csv");
    }
}
