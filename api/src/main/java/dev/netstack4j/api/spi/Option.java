package dev.netstack4j.api.spi;

import org.jspecify.annotations.Nullable;

/// One typed option of a contribution.
///
/// @param <T> type of the value
public final class Option<T> {
    private final String name;
    private final OptionType<T> type;
    private final @Nullable T defaultValue;
    private final String description;

    private Option(String name, OptionType<T> type, @Nullable T defaultValue, String description) {
        this.name = name;
        this.type = type;
        this.defaultValue = defaultValue;
        this.description = description;
    }

    /// An option with a default.
    public static <T> Option<T> of(String name, OptionType<T> type, T defaultValue, String description) {
        return new Option<>(name, type, defaultValue, description);
    }

    /// An option that must be given.
    public static <T> Option<T> required(String name, OptionType<T> type, String description) {
        return new Option<>(name, type, null, description);
    }

    /// Its name, lower-case.
    public String name() {
        return name;
    }

    /// How its text is read.
    public OptionType<T> type() {
        return type;
    }

    /// Its value when it is not given; null when it must be.
    public @Nullable T defaultValue() {
        return defaultValue;
    }

    /// What it does, with unit and range; never empty, its name lower-case and unique in its schema (MOD-8).
    public String description() {
        return description;
    }
}
