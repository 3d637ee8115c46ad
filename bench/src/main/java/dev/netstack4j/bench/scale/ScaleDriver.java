package dev.netstack4j.bench.scale;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.IpPrefix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/// Measures how the stack bears many connections, and tells whether each target was reached.
public final class ScaleDriver {
    private static final int MISSED = 3;
    private static final int IDLE = 100_000;
    private static final double IDLE_BYTES = 3 * 1024;
    private static final long FLOOD_WARM_UP_MILLIS = 4_000;
    private static final long FLOOD_MILLIS = 5_000;
    private static final double FLOOD = 99_000;
    private static final double HALF = 0.5;
    private static final int FEW_ACTIVE = 1000;
    private static final double FLAT = 1.5;
    private static final double ACCEPTED = 30_000;
    private static final long ACCEPT_WARM_UP_MILLIS = 10_000;
    private static final long ACCEPT_MILLIS = 10_000;

    private final StringBuilder table =
            new StringBuilder("| measure | unit | measured | target | |\n|---|---|---|---|---|\n");
    private boolean met = true;

    private ScaleDriver() {}

    /// Arguments: folder for results, and what to measure; all without.
    public static void main(String[] args) throws Exception {
        ScaleDriver driver = new ScaleDriver();
        String only = args.length > 1 ? args[1] : ".";
        if ("idle".matches(only + ".*")) {
            driver.idle();
        }
        if ("accept".matches(only + ".*")) {
            driver.accept();
        }
        if ("lookup".matches(only + ".*")) {
            driver.lookup();
        }
        if ("flood".matches(only + ".*")) {
            driver.flood();
        }
        driver.end(Path.of(args[0]));
    }

    private void idle() throws Exception {
        IdleConnections.Result r = IdleConnections.measure(IDLE);
        row("100,000 idle connections: memory of an end", "bytes", r.both(), IDLE_BYTES, false);
        note("of it heap", "bytes", r.heap());
        note("of it off-heap", "bytes", r.offHeap());
        note("opened one after the other", "1/s", r.perSecond());
    }

    private void accept() throws Exception {
        try (ScaleHosts hosts = new ScaleHosts(Map.of("net.ipv4.tcp_tw_reuse", 1))) {
            AcceptRate.Result r = new AcceptRate(hosts).run(ACCEPT_WARM_UP_MILLIS, ACCEPT_MILLIS);
            row("Connected, accepted and closed", "1/s", r.perSecond(), ACCEPTED, true);
            note("CPU of the process for each", "us", r.cpuMicros());
            note("connects that failed", "", (double) r.refused());
            note("taken over from TIME-WAIT", "", (double) r.timeWaits());
        }
    }

    private void lookup() throws RunnerException {
        LookupCost cost = new LookupCost();
        double few = cost.nanos(10, FEW_ACTIVE);
        note("lookup, 10 connections", "ns", few);
        note("lookup, 1000 connections", "ns", cost.nanos(1000, FEW_ACTIVE));
        note("lookup, 100,000 connections, 1000 of them active", "ns", cost.nanos(IDLE, FEW_ACTIVE));
        row("Lookup among 100,000 against among 10", "ratio", cost.nanos(IDLE, FEW_ACTIVE) / few, FLAT, false);
        note("lookup, 100,000 connections, all active", "ns", cost.nanos(IDLE, IDLE));
    }

    private void flood() throws Exception {
        try (ScaleHosts hosts = new ScaleHosts(Map.of())) {
            hosts.server
                    .ipv4()
                    .addRoute(
                            IpPrefix.parse("192.168.0.0/16"),
                            IpAddress.parse("10.0.0.1"),
                            hosts.server.device("eth0"),
                            0);
            UnderFlood load = new UnderFlood(hosts);
            load.run(true, FLOOD_WARM_UP_MILLIS, FLOOD_WARM_UP_MILLIS);
            UnderFlood.Result calm = load.run(false, FLOOD_WARM_UP_MILLIS, FLOOD_MILLIS);
            UnderFlood.Result flooded = load.run(true, FLOOD_WARM_UP_MILLIS, FLOOD_MILLIS);
            row("SYNs of the flood", "1/s", flooded.syns(), FLOOD, true);
            note("transfer without flood", "Gbit/s", calm.gigabits());
            note("transfer under flood", "Gbit/s", flooded.gigabits());
            row("Transfer under flood against without", "ratio", flooded.gigabits() / calm.gigabits(), HALF, true);
            note("connect, byte each way, close, one by one, without flood", "1/s", calm.perSecond());
            note("connect, byte each way, close, one by one, under flood", "1/s", flooded.perSecond());
            note("the longest of them without flood", "ms", calm.longestMilli());
            note("the longest of them under flood", "ms", flooded.longestMilli());
            row("Connections under flood against without", "ratio", flooded.perSecond() / calm.perSecond(), HALF, true);
        }
    }

    private void row(String name, String unit, double value, double target, boolean least) {
        boolean reached = least ? value >= target : value <= target;
        met &= reached;
        add(String.format(
                Locale.ROOT,
                "| %s | %s | %.5g | %s %.5g | %s |",
                name,
                unit,
                value,
                least ? "at least" : "at most",
                target,
                reached ? "met" : "missed"));
    }

    private void note(String name, String unit, double value) {
        add(String.format(Locale.ROOT, "| %s | %s | %.5g | | |", name, unit, value));
    }

    private void add(String line) {
        System.err.println(line);
        table.append(line).append('\n');
    }

    private void end(Path folder) throws IOException {
        System.out.print(table);
        Files.writeString(Files.createDirectories(folder).resolve("scale.md"), table);
        System.exit(met ? 0 : MISSED);
    }
}
