package dev.netstack4j.core.net.receive;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.link.EtherType;
import java.util.ArrayList;
import java.util.List;

/// All handlers at one moment. Immutable; entries keep the order of adding.
@Linux("net/core/dev.c#ptype_base")
public final class HandlerTables {
    private static final int BUCKETS = 16;
    private static final HandlerEntry[] NONE = {};

    private final List<HandlerEntry> all;
    private final HandlerEntry[] taps;
    private final HandlerEntry[][] buckets = new HandlerEntry[BUCKETS][];

    HandlerTables(List<HandlerEntry> entries) {
        all = List.copyOf(entries);
        taps = select(e -> e.etherType() == EtherType.ALL);
        for (int i = 0; i < BUCKETS; i++) {
            int bucket = i;
            buckets[i] = select(e -> e.etherType() != EtherType.ALL && bucketOf(e.etherType()) == bucket);
        }
    }

    private HandlerEntry[] select(java.util.function.Predicate<HandlerEntry> wanted) {
        List<HandlerEntry> chosen = all.stream().filter(wanted).toList();
        return chosen.isEmpty() ? NONE : chosen.toArray(NONE);
    }

    private static int bucketOf(int etherType) {
        return (etherType ^ etherType >>> 8) & BUCKETS - 1;
    }

    /// Handlers of every EtherType.
    public HandlerEntry[] taps() {
        return taps;
    }

    /// Handlers among which those of `etherType` are.
    HandlerEntry[] bucket(int etherType) {
        return buckets[bucketOf(etherType)];
    }

    /// All, in the order of adding.
    List<HandlerEntry> all() {
        return all;
    }

    HandlerTables with(HandlerEntry entry) {
        List<HandlerEntry> longer = new ArrayList<>(all);
        longer.add(entry);
        return new HandlerTables(longer);
    }

    HandlerTables without(HandlerEntry entry) {
        List<HandlerEntry> shorter = new ArrayList<>(all);
        shorter.remove(entry);
        return new HandlerTables(shorter);
    }
}
