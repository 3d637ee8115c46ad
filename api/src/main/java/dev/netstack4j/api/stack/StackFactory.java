package dev.netstack4j.api.stack;

import dev.netstack4j.api.doc.ProvidedByCore;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.runtime.VirtualRuntime;
import java.util.ServiceLoader;

/// The way to a stack for code that knows `api` alone: `StackFactory.find().builder()`.
@ProvidedByCore
public interface StackFactory {
    /// A new builder.
    StackBuilder builder();

    /// A runtime in real time.
    StackRuntime realTime();

    /// A runtime in virtual time.
    VirtualRuntime virtualTime(long seed);

    /// The factory of the core on the module or class path.
    ///
    /// @throws IllegalStateException when there is no core
    static StackFactory find() {
        return ServiceLoader.load(StackFactory.class)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "No netstack4j core was found; add netstack4j-core to the module path or class path."));
    }
}
