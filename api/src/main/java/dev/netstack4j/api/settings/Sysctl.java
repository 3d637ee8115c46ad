package dev.netstack4j.api.settings;

import dev.netstack4j.api.doc.ProvidedByCore;

/// One setting of one stack: a whole number within a range. Reading costs one plain read; a change takes effect live.
@ProvidedByCore
public interface Sysctl {
    /// Linux's dotted name, for example `net.ipv4.tcp_timestamps`.
    String name();

    /// The value now.
    int get();

    /// Sets it. Process context.
    ///
    /// @throws IllegalArgumentException when the value is outside the range
    void set(int value);

    /// What it does, its unit, range and default, for people.
    String description();
}
