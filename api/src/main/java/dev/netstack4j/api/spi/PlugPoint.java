package dev.netstack4j.api.spi;

import org.jspecify.annotations.Nullable;

/// A place where modules contribute implementations of `T` under a key. A third party may make its own.
///
/// @param <T> what is contributed
public final class PlugPoint<T> {
    private final String name;
    private final Class<T> type;
    private final boolean exclusive;

    private PlugPoint(String name, Class<T> type, boolean exclusive) {
        this.name = name;
        this.type = type;
        this.exclusive = exclusive;
    }

    /// One owner per key.
    public static <T> PlugPoint<T> exclusive(String name, Class<T> type) {
        return new PlugPoint<>(name, type, true);
    }

    /// Any number of contributions per key.
    public static <T> PlugPoint<T> repeatable(String name, Class<T> type) {
        return new PlugPoint<>(name, type, false);
    }

    /// Its name in listings and messages.
    public String name() {
        return name;
    }

    /// What is contributed.
    public Class<T> type() {
        return type;
    }

    /// Whether a key has one owner.
    public boolean isExclusive() {
        return exclusive;
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof PlugPoint<?> p && p.name.equals(name) && p.type == type;
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
