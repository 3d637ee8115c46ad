package dev.netstack4j.api.stack;

import dev.netstack4j.api.doc.ProvidedByCore;
import java.util.List;

/// A module of an assembled stack.
@ProvidedByCore
public interface ModuleInfo {
    /// Its name.
    String name();

    /// Its version.
    String version();

    /// The api version that it was built against.
    String apiVersion();

    /// What it contributes, a line each: `qdisc tbf (rate, burst, limit, latency)`.
    List<String> contributions();
}
