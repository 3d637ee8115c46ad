package dev.netstack4j.api.socket;

import java.util.Map;
import java.util.TreeMap;

/// The value of a socket option: a number, a second number (linger seconds, timeout nanoseconds), text, or named
/// fields. Re-usable.
public final class OptionValue {
    private long number;
    private long second;
    private String text = "";
    private final Map<String, Long> fields = new TreeMap<>();

    /// Zero and empty.
    public OptionValue() {}

    /// A number.
    public static OptionValue of(long number) {
        OptionValue v = new OptionValue();
        v.number = number;
        return v;
    }

    /// Text.
    public static OptionValue of(String text) {
        OptionValue v = new OptionValue();
        v.text = text;
        return v;
    }

    /// SO_LINGER: on or off, and seconds.
    public static OptionValue linger(boolean on, int seconds) {
        OptionValue v = of(on ? 1 : 0);
        v.second = seconds;
        return v;
    }

    /// The number. Timeouts are nanoseconds.
    public long number() {
        return number;
    }

    /// Sets the number.
    public void number(long value) {
        number = value;
    }

    /// The second number.
    public long second() {
        return second;
    }

    /// Sets the second number.
    public void second(long value) {
        second = value;
    }

    /// The text.
    public String text() {
        return text;
    }

    /// Sets the text.
    public void text(String value) {
        text = value;
    }

    /// Named fields, as of TCP_INFO, with Linux's names.
    public Map<String, Long> fields() {
        return fields;
    }
}
