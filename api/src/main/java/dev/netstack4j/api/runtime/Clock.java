package dev.netstack4j.api.runtime;

import dev.netstack4j.api.doc.ProvidedByCore;

/// The time of a runtime, real or virtual.
@ProvidedByCore
public interface Clock {
    /// Monotonic nanoseconds since the runtime began. On the data path prefer [Cpu#nowNanos()].
    long nanos();

    /// Nanoseconds since 1970-01-01 UTC, for protocols and captures that need the date.
    long wallNanos();
}
