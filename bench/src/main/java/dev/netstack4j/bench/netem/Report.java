package dev.netstack4j.bench.netem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Makes table and plot from what the lanes wrote.
public final class Report {
    /// A cell is more than a tenth from the kernel's figure, or is not complete.
    private static final int MISSED = 3;

    private Report() {}

    /// Arguments: folder with results, `full` or `quick`.
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        List<CellResult> results = new ArrayList<>();
        for (Cell cell : args[1].equals("quick") ? Cells.few() : Cells.all()) {
            Path file = folder.resolve(LaneDriver.fileName(cell));
            if (Files.exists(file)) {
                results.add(CellResult.read(cell, file));
            }
        }
        String table = table(results);
        System.out.print(table);
        Files.writeString(folder.resolve("results.md"), table);
        Files.writeString(folder.resolve("results.csv"), csv(results));
        RatioPlot.write(results, folder.resolve("ratios.png"));
        boolean met =
                !results.isEmpty() && results.stream().allMatch(r -> r.verdict().equals("met"));
        System.exit(met ? 0 : MISSED);
    }

    private static String table(List<CellResult> results) {
        StringBuilder text = new StringBuilder();
        text.append("| Mbit/s | path | congestion | data | MB | pairs | stack, Mbit/s | kernel, Mbit/s ");
        text.append("| ratio (quartiles) | |\n|---|---|---|---|---|---|---|---|---|---|\n");
        for (CellResult r : results) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %d | %s | %s | %s | %.2f | %d | %.4g | %.4g | %.2f (%.2f to %.2f) | %s |%n",
                    r.cell.rateMbits(),
                    r.cell.impairment().label,
                    r.cell.congestion(),
                    r.cell.toStack() ? "to stack" : "from stack",
                    r.bytes() * 1e-6,
                    r.pairs(),
                    r.stack(),
                    r.kernel(),
                    r.ratio(0.5),
                    r.ratio(0.25),
                    r.ratio(0.75),
                    r.verdict()));
        }
        return text.toString();
    }

    private static String csv(List<CellResult> results) {
        StringBuilder text = new StringBuilder("cell,bytes,pairs,stack,kernel,ratio,quarter,threequarters,verdict\n");
        for (CellResult r : results) {
            text.append(String.format(
                    Locale.ROOT,
                    "\"%s\",%d,%d,%g,%g,%g,%g,%g,%s%n",
                    r.cell.name(),
                    r.bytes(),
                    r.pairs(),
                    r.stack(),
                    r.kernel(),
                    r.ratio(0.5),
                    r.ratio(0.25),
                    r.ratio(0.75),
                    r.verdict()));
        }
        return text.toString();
    }
}
