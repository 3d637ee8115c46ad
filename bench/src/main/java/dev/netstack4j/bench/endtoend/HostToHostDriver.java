package dev.netstack4j.bench.endtoend;

import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.bench.forwarding.Forwarding;
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
    /// The compiler needs some seconds of CPU before a frame costs what it costs from then on: a measurement begins
    /// when this many in a row have not cost noticeably less than the best before them.
    private static final int STEADY = 4;

    private static final double NOTICEABLE = 0.98;
    private static final int BATCHES = 10_000;
    private static final int MOST_WARM_UPS = 30;

    private static final int WARM_ASSEMBLIES = 50;

    private final int rounds;
    private final long nanos;
    private final String only;
    private final StringBuilder table = new StringBuilder();
    private boolean met = true;

    private HostToHostDriver(int rounds, long nanos, String only) {
        this.rounds = rounds;
        this.nanos = nanos;
        this.only = only;
        table.append("| measure | unit | median (least to most) | target | |\n|---|---|---|---|---|\n");
    }

    /// Arguments: rounds, milliseconds of one measurement, folder for results, and a regular expression that chooses
    /// rows by name.
    public static void main(String[] args) throws Exception {
        HostToHostDriver driver =
                new HostToHostDriver(Integer.parseInt(args[0]), Long.parseLong(args[1]) * 1_000_000, args[3]);
        Supplier<StackRuntime> real = () -> StackFactory.find().realTime();
        Supplier<StackRuntime> stepped = () -> StackFactory.find().virtualTime(1);
        driver.bulk("MTU frames", real, false, 10);
        driver.bulk("TSO and GRO", real, true, 20);
        driver.stepped(stepped);
        driver.forwarding();
        driver.messages(real.get());
        driver.footprint();
        driver.end(Path.of(args[2]));
    }

    private void bulk(String how, Supplier<StackRuntime> runtime, boolean superFrames, double target) throws Exception {
        String name = "Host to host, " + how;
        if (isWanted(name)) {
            List<HostToHost.Result> results = measure(runtime, superFrames);
            row(name, "Gbit/s", results.stream().map(HostToHost.Result::gigabits), target, true);
            row("CPU per frame, " + how, "ns", results.stream().map(HostToHost.Result::cpuPerFrame), 1200, false);
        }
    }

    private void stepped(Supplier<StackRuntime> runtime) throws Exception {
        String name = "Stepped by one thread, MTU frames";
        if (isWanted(name)) {
            List<HostToHost.Result> one = step(runtime.get());
            row(name, "1/s of CPU", one.stream().map(HostToHost.Result::frames), 1.2e6, true);
        }
    }

    private void forwarding() throws Exception {
        String name = "Forwarding through two igb, without the models' own time";
        if (isWanted(name)) {
            List<Double> own = new ArrayList<>();
            List<Double> cards = new ArrayList<>();
            try (Forwarding models = new Forwarding(true);
                    Forwarding router = new Forwarding(false)) {
                warmUp(() -> models.nanosPerFrame(BATCHES));
                warmUp(() -> router.nanosPerFrame(BATCHES));
                for (int i = 0; i < rounds; i++) {
                    double without = models.nanosPerFrame(BATCHES);
                    cards.add(without);
                    own.add(router.nanosPerFrame(BATCHES) - without);
                }
            }
            row(name, "ns", own.stream(), 500, false);
            row("The models' own time of that", "ns", cards.stream(), 0, false);
        }
    }

    private boolean isWanted(String name) {
        return name.matches(".*(" + only + ").*");
    }

    private List<HostToHost.Result> measure(Supplier<StackRuntime> runtime, boolean superFrames) throws Exception {
        List<HostToHost.Result> results = new ArrayList<>();
        try (HostToHost hosts = new HostToHost(runtime.get(), superFrames)) {
            warmUp(() -> hosts.bulk(nanos).cpuPerFrame());
            for (int i = 0; i < rounds; i++) {
                results.add(hosts.bulk(nanos));
            }
        }
        return results;
    }

    private void footprint() throws Exception {
        String assembly = "Assembly of a further stack";
        for (int i = 0; isWanted(assembly) && i < WARM_ASSEMBLIES; i++) {
            Footprint.assemblyMillis();
        }
        measure(assembly, "ms", 20, false, Footprint::assemblyMillis);
        measure("CPU of an idle stack's threads in a second", "ms", 1, false, () -> Footprint.idleMillis(nanos));
    }

    private interface Measurement {
        double run() throws Exception;
    }

    private static void warmUp(Measurement cost) throws Exception {
        double best = Double.MAX_VALUE;
        int steady = 0;
        for (int i = 0; i < MOST_WARM_UPS && steady < STEADY; i++) {
            double now = cost.run();
            steady = now < best * NOTICEABLE ? 0 : steady + 1;
            best = Math.min(best, now);
        }
    }

    /// Small messages over the cable and within a host, and bulk data within a host.
    private void messages(StackRuntime runtime) throws Exception {
        try (HostToHost hosts = new HostToHost(runtime, true)) {
            Exchange platform = hosts.exchange(false);
            Exchange virtual = hosts.exchange(true);
            least("Request/response, platform threads", 18_000, () -> platform.requests(nanos));
            least("Request/response, virtual threads", 120_000, () -> virtual.requests(nanos));
            least(
                    "Request/response, loopback, platform threads",
                    0,
                    () -> hosts.loopback(false).requests(nanos));
            least(
                    "Request/response, loopback, virtual threads",
                    0,
                    () -> hosts.loopback(true).requests(nanos));
            least("UDP echo, 32 outstanding, 18 bytes", 0, () -> platform.datagrams(nanos));
            least("UDP echo, loopback", 0, () -> hosts.loopback(false).datagrams(nanos));
            measure(
                    "TCP bulk, loopback",
                    "Gbit/s",
                    0,
                    true,
                    () -> hosts.loopbackBulk(nanos).gigabits());
            measure(
                    "Request/response beside a bulk flow, 99.9th percentile",
                    "ms",
                    10,
                    false,
                    () -> hosts.besideBulk(nanos).getValueAtPercentile(99.9) * 1e-6);
        }
    }

    private void least(String name, double target, Measurement measurement) throws Exception {
        measure(name, "1/s", target, true, measurement);
    }

    private void measure(String name, String unit, double target, boolean least, Measurement measurement)
            throws Exception {
        if (isWanted(name)) {
            row(name, unit, repeat(measurement).stream(), target, least);
        }
    }

    private List<Double> repeat(Measurement measurement) throws Exception {
        List<Double> values = new ArrayList<>();
        for (int i = -2; i < rounds; i++) {
            double value = measurement.run();
            if (i >= 0) {
                values.add(value);
            }
        }
        return values;
    }

    private List<HostToHost.Result> step(StackRuntime runtime) throws Exception {
        long bytes = nanos; // at 8 Gbit/s it takes as long as the others
        List<HostToHost.Result> results = new ArrayList<>();
        try (HostToHost hosts = new HostToHost(runtime, false)) {
            warmUp(() -> hosts.stepped(bytes).cpuPerFrame());
            for (int i = 0; i < rounds; i++) {
                results.add(hosts.stepped(bytes));
            }
        }
        return results;
    }

    private void row(String name, String unit, java.util.stream.Stream<Double> values, double target, boolean least) {
        List<Double> sorted = values.sorted().toList();
        double median = sorted.get(sorted.size() / 2);
        boolean reached = target == 0 || (least ? median >= target : median <= target);
        met &= reached;
        String line = String.format(
                Locale.ROOT,
                "| %s | %s | %.4g (%.4g to %.4g) | %s | %s |",
                name,
                unit,
                median,
                sorted.getFirst(),
                sorted.getLast(),
                target == 0 ? "" : String.format(Locale.ROOT, "%s %.4g", least ? "at least" : "at most", target),
                target == 0 ? "beside" : reached ? "met" : "missed");
        System.err.println(line);
        table.append(line).append('\n');
    }

    private void end(Path folder) throws IOException {
        System.out.print(table);
        Files.writeString(Files.createDirectories(folder).resolve("host-to-host.md"), table);
        System.exit(met ? 0 : MISSED);
    }
}
