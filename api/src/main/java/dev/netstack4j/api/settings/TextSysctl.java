package dev.netstack4j.api.settings;

import dev.netstack4j.api.doc.ImplementedByExtensions;

/// A setting whose value is text: a name, a list of names. The module that declares it keeps the value. Process
/// context.
@ImplementedByExtensions
public interface TextSysctl {
    /// Linux's dotted name, for example `net.ipv4.tcp_congestion_control`.
    String name();

    /// The value now.
    String get();

    /// Sets it. Before the stack has started a value may be taken unseen, and refused by the start.
    ///
    /// @throws IllegalArgumentException when the value makes no sense here, or the setting can only be read
    default void set(String value) {
        throw new IllegalArgumentException("'" + name() + "' can only be read");
    }

    /// What it does and which values there are, for people.
    String description();
}
