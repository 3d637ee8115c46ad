package dev.netstack4j.bench.netem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;

/// Takes cells that no other lane has and runs their pairs, this stack and the kernel in turn.
public final class LaneDriver {
    private static final String PEER = "10.90.0.1";
    private static final String STACK = "10.90.0.2";
    private static final String KERNEL = "10.90.0.3";
    private static final long LEAST_BYTES = 100_000;
    private static final double FIRST_BYTES = 500_000;
    private static final int CALIBRATIONS = 3;

    private final Router router;
    private final Path results;
    private final String kernelNamespace;

    private LaneDriver(Router router, Path results, String kernelNamespace) {
        this.router = router;
        this.results = results;
        this.kernelNamespace = kernelNamespace;
    }

    /// Arguments: folder of the router's pipes, folder for results, namespace of the kernel's host, `full` or `quick`,
    /// pairs, a regular expression for names of cells, number of lanes that run now.
    public static void main(String[] args) throws IOException, InterruptedException {
        List<Cell> cells = args[3].equals("quick") ? Cells.few() : Cells.all();
        int pairs = Integer.parseInt(args[4]);
        int lanes = Integer.parseInt(args[6]);
        try (Router router = new Router(Path.of(args[0]))) {
            LaneDriver driver = new LaneDriver(router, Path.of(args[1]), args[2]);
            for (Cell cell : cells) {
                if (cell.lanes() == lanes && cell.name().matches(".*(" + args[5] + ").*") && driver.claim(cell)) {
                    driver.measure(cell, cell.pairs(pairs));
                }
            }
        }
    }

    private Path file(Cell cell) {
        return results.resolve(fileName(cell));
    }

    static String fileName(Cell cell) {
        return cell.name().replaceAll("[^a-zA-Z0-9]+", "-") + ".csv";
    }

    private boolean claim(Cell cell) throws IOException {
        try {
            Files.createFile(file(cell));
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /// A transfer that fails ends the cell: the pairs that it has not run are missing from the file.
    private void measure(Cell cell, int pairs) throws IOException, InterruptedException {
        note(cell, "bytes,pair,stack,kernel");
        router.impair(cell);
        chooseCongestion(cell.congestion());
        try {
            long bytes = calibrate(cell);
            for (int i = 0; i < pairs; i++) {
                pair(cell, bytes, i);
            }
        } catch (IOException e) {
            System.err.println(cell.name() + ": " + e);
        }
        note(cell, "wanted," + pairs + ",,");
        System.err.println("done: " + cell.name());
    }

    /// Both warm up. So many bytes that the kernel needs about the time wanted.
    private long calibrate(Cell cell) throws IOException {
        double most = cell.rateMbits() * 1e6 / 8 * cell.seconds();
        double bytes = Math.min(most / 5, FIRST_BYTES);
        for (int i = 0; i < CALIBRATIONS; i++) {
            Transfer transfer = new Transfer(cell, (long) Math.max(LEAST_BYTES, bytes), i);
            transfer.run(STACK);
            bytes = Math.min(most, transfer.run(KERNEL) * 1e6 / 8 * cell.seconds());
        }
        return (long) Math.clamp(bytes, LEAST_BYTES, most);
    }

    private void pair(Cell cell, long bytes, int number) throws IOException {
        Transfer transfer = new Transfer(cell, bytes, cell.name().hashCode() + (long) number);
        boolean stackFirst = number % 2 == 0;
        double first = transfer.run(stackFirst ? STACK : KERNEL);
        double second = transfer.run(stackFirst ? KERNEL : STACK);
        double stack = stackFirst ? first : second;
        double kernel = stackFirst ? second : first;
        note(cell, String.format(Locale.ROOT, "%d,%d,%.4f,%.4f", bytes, number, stack, kernel));
    }

    private void note(Cell cell, String line) throws IOException {
        Files.writeString(file(cell), line + "\n", StandardCharsets.US_ASCII, StandardOpenOption.APPEND);
    }

    /// By the route, of the generator in this namespace and of the kernel's measured host: a namespace may not have
    /// every algorithm for its default.
    private void chooseCongestion(String name) throws IOException, InterruptedException {
        command("ip route replace 10.90.0.0/24 dev u1 src " + PEER + " congctl " + name);
        command("ip -n " + kernelNamespace + " route replace 10.90.0.0/24 dev k0 src " + KERNEL + " congctl " + name);
    }

    private static void command(String line) throws IOException, InterruptedException {
        int status = new ProcessBuilder(line.split(" ")).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IOException(line + " ends with " + status);
        }
    }
}
