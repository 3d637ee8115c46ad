package dev.netstack4j.bench.endtoend;

import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.stack.StackFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/// Measures two hosts in one process, in real and in virtual time, and tells whether each target was reached.
public final class HostToHostDriver {
    private static final int MISSED = 3;
    /// The compiler needs some seconds of CPU before a frame costs what it costs from then on.
    private static final int WARM_UPS = 6;

    private final int rounds;
    private final long nanos;
    private final StringBuilder table = new StringBuilder();
    private boolean met = true;

    private HostToHostDriver(int rounds, long nanos) {
        this.rounds = rounds;
        this.nanos = nanos;
        table.append("| measure | unit | median (least to most) | target | |\n|---|---|---|---|---|\n");
    }

    /// Arguments: rounds, milliseconds of one measurement, folder for results.
    public static void main(String[] args) throws Exception {
        HostToHostDriver driver = new HostToHostDriver(Integer.parseInt(args[0]), Long.parseLong(args[1]) * 1_000_000);
        Supplier<StackRuntime> real = () -> StackFactory.find().realTime();
        Supplier<StackRuntime> stepped = () -> StackFactory.find().virtualTime(1);
        List<HostToHost.Result> mtu = driver.measure(real, false);
        driver.row("Host to host, MTU frames", "Gbit/s", mtu.stream().map(HostToHost.Result::gigabits), 10, true);
        driver.row(
                "CPU per MTU frame, both hosts and cards",
                "ns",
                mtu.stream().map(HostToHost.Result::cpuPerFrame),
                1200,
                false);
        List<HostToHost.Result> tso = driver.measure(real, true);
        driver.row("Host to host, TSO and GRO", "Gbit/s", tso.stream().map(HostToHost.Result::gigabits), 20, true);
        driver.row(
                "CPU per frame with TSO and GRO", "ns", tso.stream().map(HostToHost.Result::cpuPerFrame), 1200, false);
        List<HostToHost.Result> one = driver.step(stepped.get());
        driver.row(
                "Stepped by one thread, MTU frames",
                "1/s of CPU",
                one.stream().map(HostToHost.Result::frames),
                1.2e6,
                true);
        driver.end(Path.of(args[2]));
    }

    private List<HostToHost.Result> measure(Supplier<StackRuntime> runtime, boolean superFrames) throws Exception {
        List<HostToHost.Result> results = new ArrayList<>();
        try (HostToHost hosts = new HostToHost(runtime.get(), superFrames)) {
            for (int i = 0; i < WARM_UPS; i++) {
                hosts.bulk(nanos);
            }
            for (int i = 0; i < rounds; i++) {
                results.add(hosts.bulk(nanos));
            }
        }
        return results;
    }

    private List<HostToHost.Result> step(StackRuntime runtime) throws Exception {
        long bytes = nanos / 4; // 2 Gbit/s
        List<HostToHost.Result> results = new ArrayList<>();
        try (HostToHost hosts = new HostToHost(runtime, false)) {
            for (int i = 0; i < WARM_UPS; i++) {
                hosts.stepped(bytes);
            }
            for (int i = 0; i < rounds; i++) {
                results.add(hosts.stepped(bytes));
            }
        }
        return results;
    }

    private void row(String name, String unit, java.util.stream.Stream<Double> values, double target, boolean least) {
        List<Double> sorted = values.sorted().toList();
        double median = sorted.get(sorted.size() / 2);
        boolean reached = least ? median >= target : median <= target;
        met &= reached;
        String line = String.format(
                Locale.ROOT,
                "| %s | %s | %.4g (%.4g to %.4g) | %s %.4g | %s |",
                name,
                unit,
                median,
                sorted.getFirst(),
                sorted.getLast(),
                least ? "at least" : "at most",
                target,
                reached ? "met" : "missed");
        System.err.println(line);
        table.append(line).append('\n');
    }

    private void end(Path folder) throws IOException {
        System.out.print(table);
        Files.writeString(Files.createDirectories(folder).resolve("host-to-host.md"), table);
        System.exit(met ? 0 : MISSED);
    }
}
