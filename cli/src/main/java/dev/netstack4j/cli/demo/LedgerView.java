package dev.netstack4j.cli.demo;

import dev.netstack4j.api.buffer.PacketLedger;
import dev.netstack4j.api.buffer.SkBuffPool;
import java.util.Map;

/// What became of every packet of one host: `allocated + cloned + split = consumed + dropped + live`.
///
/// @param allocated packets made by allocation
/// @param cloned    packets made by cloning
/// @param split     packets made by splitting
/// @param consumed  by why
/// @param dropped   by reason
/// @param live      packets that are still there
record LedgerView(
        long allocated, long cloned, long split, Map<String, Long> consumed, Map<String, Long> dropped, long live) {
    static LedgerView of(SkBuffPool pool) {
        PacketLedger l = pool.ledger();
        return new LedgerView(l.allocated(), l.cloned(), l.split(), l.consumed(), l.dropped(), pool.live());
    }

    /// Packets that began.
    long begun() {
        return allocated + cloned + split;
    }

    /// Packets that ended or are still there.
    long accounted() {
        return sum(consumed) + sum(dropped) + live;
    }

    /// Whether every packet is accounted for and none is left.
    boolean balanced() {
        return begun() == accounted() && live == 0;
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
