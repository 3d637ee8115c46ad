package dev.netstack4j.proto.arp;

import dev.netstack4j.api.statistics.Counter;
import dev.netstack4j.api.statistics.Counters;

/// What ARP counts.
final class ArpCounters {
    final Counter inRequests;
    final Counter inReplies;
    final Counter inErrors;
    final Counter conflicts;
    final Counter outRequests;
    final Counter outReplies;
    final Counter outNoMemory;

    ArpCounters(Counters counters) {
        inRequests = counters.counter("Arp.InRequests");
        inReplies = counters.counter("Arp.InReplies");
        inErrors = counters.counter("Arp.InErrors");
        conflicts = counters.counter("Arp.Conflicts");
        outRequests = counters.counter("Arp.OutRequests");
        outReplies = counters.counter("Arp.OutReplies");
        outNoMemory = counters.counter("Arp.OutNoMemory");
    }
}
