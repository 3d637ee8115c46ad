package dev.netstack4j.cli.services;

import dev.netstack4j.api.runtime.StackRuntime;

/// Where services run: threads of the runtime, or virtual ones.
@FunctionalInterface
public interface Threads {
    /// Starts `body`.
    void start(String name, Runnable body);

    /// Threads of a runtime; in virtual time they run when it is stepped.
    static Threads of(StackRuntime runtime) {
        return runtime::start;
    }

    /// Virtual threads: one per connection costs little. In real time only.
    static Threads virtual() {
        return (name, body) -> Thread.ofVirtual().name(name).start(body);
    }
}
