package dev.netstack4j.api.spi;

/// How the text of an option becomes its value.
///
/// @param <T> type of the value
public interface OptionType<T> {
    /// The value of a text.
    ///
    /// @throws IllegalArgumentException with a sentence that says what to write
    T parse(String text);

    /// What to write, for help: `10mbit`. [#parse] takes it (MOD-9).
    String example();
}
