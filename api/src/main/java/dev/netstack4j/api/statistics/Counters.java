package dev.netstack4j.api.statistics;

import dev.netstack4j.api.doc.ProvidedByCore;
import java.util.List;

/// Registers the counters of one stack. Names are `Group.Name` with Linux's SNMP and netstat names where they exist.
@ProvidedByCore
public interface Counters {
    /// The counter of that name, made on the first call. Call from constructors, not from the data path.
    Counter counter(String name);

    /// All counters, sorted by name.
    List<Counter> all();

    /// The current sum of a counter; 0 when nobody registered it.
    long value(String name);
}
