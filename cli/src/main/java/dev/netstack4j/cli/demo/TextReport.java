package dev.netstack4j.cli.demo;

import dev.netstack4j.api.stack.ModuleInfo;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;

/// Prints a report for people.
public final class TextReport {
    private final PrintWriter out;

    /// @param out where to
    public TextReport(PrintWriter out) {
        this.out = out;
    }

    /// Prints it.
    public void print(Report r) {
        line("ARP    %s", r.neighbour().isEmpty() ? "no answer" : r.neighbour());
        line("ping   %s", ping(r.ping()));
        line("ping   %s, 4000 bytes in fragments", ping(r.large()));
        line(
                "UDP    %d of %d datagrams echoed, %d sent",
                r.datagrams().echoed(), r.datagrams().wanted(), r.datagrams().sent());
        r.warming().forEach(t -> transfer("TCP    warm-up ", t));
        r.transfers().forEach(t -> transfer("TCP    ", t));
        counters(r);
        modules(r);
        ledger("A", r.ledgerA());
        ledger("B", r.ledgerB());
        verdict(r);
    }

    private void line(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }

    private static String ping(Ping.Result p) {
        String times = p.roundTrips().stream()
                .map(n -> String.format(Locale.ROOT, "%.3f", n / 1e6))
                .reduce((x, y) -> x + ", " + y)
                .orElse("-");
        return p.roundTrips().size() + " of " + p.sent() + " answered, round trip " + times + " ms";
    }

    private void transfer(String what, BulkTransfer.Result t) {
        line(
                "%s%s: %,d bytes in %.3f s, %s of payload, SHA-256 %s",
                what,
                t.way(),
                t.bytes(),
                t.nanos() / 1e9,
                rate(t.gigabitsPerSecond()),
                t.same() ? "equal" : "DIFFERENT");
        line("       sent %s", t.sent());
        if (!t.same()) {
            line("       received %s", t.received());
        }
    }

    private static String rate(double gigabits) {
        return gigabits < 1
                ? String.format(Locale.ROOT, "%.1f Mbit/s", gigabits * 1000)
                : String.format(Locale.ROOT, "%.2f Gbit/s", gigabits);
    }

    private void counters(Report r) {
        out.println();
        line("%-10s %-28s %16s %16s", "layer", "counter", "host A", "host B");
        String before = "";
        for (WalkCounters.Row row : r.counters()) {
            line(
                    "%-10s %-28s %,16d %,16d",
                    row.layer().equals(before) ? "" : row.layer(), row.name(), row.a(), row.b());
            before = row.layer();
        }
    }

    private void modules(Report r) {
        out.println();
        StringBuilder s = new StringBuilder("modules");
        for (ModuleInfo m : r.modules()) {
            s.append(' ').append(m.name()).append(' ').append(m.version()).append(',');
        }
        out.println(s.substring(0, s.length() - 1));
    }

    private void ledger(String host, LedgerView l) {
        out.println();
        line(
                "packet ledger of host %s: %,d allocated + %,d cloned + %,d split = %,d",
                host, l.allocated(), l.cloned(), l.split(), l.begun());
        counts("consumed", l.consumed());
        counts("dropped", l.dropped());
        line("  %-8s %-24s %,16d", "live", "", l.live());
        line("  %s", l.balanced() ? "balanced" : "NOT BALANCED: " + l.accounted() + " accounted for");
    }

    private void counts(String what, Map<String, Long> counts) {
        counts.forEach((reason, n) -> line("  %-8s %-24s %,16d", what, reason, n));
    }

    private void verdict(Report r) {
        out.println();
        if (r.captured() >= 0) {
            line("%,d frames captured", r.captured());
        }
        line(
                "throughput %s of TCP payload, both ways one after the other; making and hashing the bytes is"
                        + " outside the clock%s",
                rate(r.gigabitsPerSecond()), r.warming().isEmpty() ? "" : ", the warm-up is not counted");
        if (r.verified()) {
            out.println("everything verified");
        }
        r.checks().forEach((check, held) -> {
            if (!held) {
                out.println("NOT VERIFIED: " + check);
            }
        });
    }
}
