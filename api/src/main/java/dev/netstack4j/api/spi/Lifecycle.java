package dev.netstack4j.api.spi;

import dev.netstack4j.api.doc.ImplementedByExtensions;

/// For contributed classes that do something when the stack starts or ends. Process context under the control lock.
/// Starts in the order in which the objects depend on each other, stops in reverse.
@ImplementedByExtensions
public interface Lifecycle {
    /// All objects of the stack exist; devices do not yet.
    default void start() {}

    /// All devices are gone; free what is held.
    default void stop() {}
}
