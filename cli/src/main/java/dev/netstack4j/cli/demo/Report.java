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
/// @param there     bulk transfer from A to B
/// @param back      bulk transfer from B to A
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
        BulkTransfer.Result there,
        BulkTransfer.Result back,
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
        checks.put("tcp A to B", there.same());
        checks.put("tcp B to A", back.same());
        checks.put("ledger A", ledgerA.balanced());
        checks.put("ledger B", ledgerB.balanced());
        return checks;
    }

    /// Whether everything held.
    public boolean verified() {
        return !checks().containsValue(false);
    }

    /// Payload bits a second of both transfers together, in Gbit/s.
    public double gigabitsPerSecond() {
        return (there.bytes() + back.bytes()) * 8.0 / Math.max(1, there.nanos() + back.nanos());
    }
}
