package dev.netstack4j.api.spi;

import dev.netstack4j.api.address.MacAddress;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// The types that options have.
public final class OptionTypes {
    /// Free text.
    public static final OptionType<String> TEXT = type("text", t -> t);
    /// A whole number.
    public static final OptionType<Integer> INTEGER = type("100", OptionTypes::integer);
    /// `true` or `false`.
    public static final OptionType<Boolean> FLAG = type("true", OptionTypes::flag);
    /// A probability, as a share (0.01) or in percent (1%).
    public static final OptionType<Double> SHARE = type("1%", OptionTypes::share);
    /// Bytes: `1500`, `64k`, `2m`, `1g` (powers of 1024).
    public static final OptionType<Long> BYTES = type("64k", t -> (long) scaled(t, "size", units(1024)));
    /// Bits a second: `10mbit`, `40gbit`, `9600` (powers of 1000).
    public static final OptionType<Long> BITS_PER_SECOND = type("10mbit", t -> (long) scaled(t, "rate", rates()));
    /// A time in nanoseconds: `20ms`, `5us`, `1s`; without a unit milliseconds.
    public static final OptionType<Long> NANOS = type("20ms", t -> (long) scaled(t, "time", times()));
    /// A MAC address.
    public static final OptionType<MacAddress> MAC = type("52:54:00:12:34:56", MacAddress::parse);

    private OptionTypes() {}

    private static <T> OptionType<T> type(String example, Function<String, T> parser) {
        return new OptionType<>() {
            @Override
            public T parse(String text) {
                return parser.apply(text);
            }

            @Override
            public String example() {
                return example;
            }
        };
    }

    private static Integer integer(String text) {
        try {
            return Integer.valueOf(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no whole number", e);
        }
    }

    private static Boolean flag(String text) {
        return switch (text.strip()) {
            case "true", "on", "yes" -> true;
            case "false", "off", "no" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
        };
    }

    private static Double share(String text) {
        boolean percent = text.strip().endsWith("%");
        double v = scaled(text, "share", Map.of("", 1.0, "%", 0.01));
        if (v < 0 || v > 1) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no share; write a number from 0 to 1, or a percentage such as "
                            + (percent ? "5%" : "0.05"));
        }
        return v;
    }

    private static Map<String, Double> units(double k) {
        return new TreeMap<>(
                Map.of("", 1.0, "b", 1.0, "k", k, "kb", k, "m", k * k, "mb", k * k, "g", k * k * k, "gb", k * k * k));
    }

    private static Map<String, Double> rates() {
        return Map.of("", 1.0, "bit", 1.0, "k", 1e3, "kbit", 1e3, "m", 1e6, "mbit", 1e6, "g", 1e9, "gbit", 1e9);
    }

    private static Map<String, Double> times() {
        return Map.of("", 1e6, "ns", 1.0, "us", 1e3, "ms", 1e6, "s", 1e9);
    }

    private static double scaled(String text, String what, Map<String, Double> units) {
        String t = text.strip().toLowerCase(java.util.Locale.ROOT);
        int split = t.length();
        while (split > 0 && !Character.isDigit(t.charAt(split - 1))) {
            split--;
        }
        Double unit = units.get(t.substring(split).strip());
        if (split == 0 || unit == null || !t.substring(0, split).matches("[0-9]+(\\.[0-9]+)?")) {
            throw new IllegalArgumentException("'" + text + "' is no " + what);
        }
        return new BigDecimal(t.substring(0, split)).doubleValue() * unit;
    }
}
