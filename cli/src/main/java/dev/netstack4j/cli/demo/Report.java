package dev.netstack4j.cli.demo;

import dev.netstack4j.api.stack.ModuleInfo;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Everything that a demo found out, as values: what is printed as text or as JSON.
///
/// @param neighbour what ARP found out about host B
/// @param ping      replies
/// @param large     replies to pings that need fragments
/// @param datagrams echoed
/// @param warming   bulk transfers that are not counted
/// @param transfers bulk transfers, one each way
/// @param counters  of each layer
/// @param modules   of host A; B has the same
/// @param ledgerA   of host A
/// @param ledgerB   of host B
/// @param captured  frames in the capture file, or -1 without one
public record Report(
        String neighbour,
        Ping.Result ping,
        Ping.Result large,
        DatagramExchange.Result datagrams,
        List<BulkTransfer.Result> warming,
        List<BulkTransfer.Result> transfers,
        List<WalkCounters.Row> counters,
        List<ModuleInfo> modules,
        LedgerView ledgerA,
        LedgerView ledgerB,
        long captured) {

    /// What was verified and whether it held.
    public Map<String, Boolean> checks() {
        Map<String, Boolean> checks = new TreeMap<>();
        checks.put("arp", !neighbour.isEmpty());
        checks.put("ping", ping.answered(Demo.PINGS) && large.answered(1));
        checks.put("udp", datagrams.complete());
        transfers.forEach(t -> checks.put("tcp " + t.way(), t.same()));
        warming.forEach(t -> checks.merge("tcp " + t.way(), t.same(), Boolean::logicalAnd));
        checks.put("ledger A", ledgerA.balanced());
        checks.put("ledger B", ledgerB.balanced());
        return checks;
    }

    /// Whether everything held.
    public boolean verified() {
        return !checks().containsValue(false);
    }

    /// Payload bits a second of both transfers together, in Gbit/s; without the warm-up.
    public double gigabitsPerSecond() {
        long bytes = transfers.stream().mapToLong(BulkTransfer.Result::bytes).sum();
        long nanos = transfers.stream().mapToLong(BulkTransfer.Result::nanos).sum();
        return bytes * 8.0 / Math.max(1, nanos);
    }
}
