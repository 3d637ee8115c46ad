package dev.netstack4j.testkit.script.text;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.testkit.script.model.Value;
import dev.netstack4j.testkit.script.model.When;
import java.math.BigDecimal;
import java.util.HexFormat;

/// Words of a script as numbers, times and addresses.
final class Numbers {
    private Numbers() {}

    /// Digits, or `0x` and hexadecimal digits.
    static long number(Tokens tokens, Token t) {
        return number(tokens, t, t.text());
    }

    static long number(Tokens tokens, Token t, String s) {
        try {
            return s.startsWith("0x") ? Long.parseLong(s.substring(2), 16) : Long.parseLong(s);
        } catch (NumberFormatException e) {
            throw tokens.error(t.place(), "\"" + s + "\" is not a number.");
        }
    }

    /// A number, `A..B` or `*`.
    static Value value(Tokens tokens, Token t) {
        String s = t.text();
        if (s.equals("*")) {
            return new Value.Any();
        }
        int dots = s.indexOf("..");
        if (dots < 0) {
            return new Value.Exact(number(tokens, t, s));
        }
        return new Value.Between(number(tokens, t, s.substring(0, dots)), number(tokens, t, s.substring(dots + 2)));
    }

    /// `A..B`, or `A..` for all from A on.
    static Value slice(Tokens tokens, Token t) {
        String s = t.text();
        int dots = s.indexOf("..");
        if (dots < 0) {
            throw tokens.error(t.place(), "\"" + s + "\" is not a slice; write it as 0..1480 or 1480.. here.");
        }
        String end = s.substring(dots + 2);
        return new Value.Between(
                number(tokens, t, s.substring(0, dots)), end.isEmpty() ? Long.MAX_VALUE : number(tokens, t, end));
    }

    static Value address(Tokens tokens, Token t) {
        try {
            return new Value.Exact(IpAddress.parse(t.text()).v4Bits() & 0xFFFF_FFFFL);
        } catch (IllegalArgumentException e) {
            throw tokens.error(t.place(), "\"" + t.text() + "\" is not an IPv4 address.");
        }
    }

    static Value mac(Tokens tokens, Token t) {
        try {
            return new Value.Exact(MacAddress.parse(t.text()).bits());
        } catch (IllegalArgumentException e) {
            throw tokens.error(t.place(), "\"" + t.text() + "\" is not a MAC address.");
        }
    }

    static byte[] hex(Tokens tokens, Token t) {
        try {
            return HexFormat.of().parseHex(t.text().substring(2));
        } catch (IllegalArgumentException e) {
            throw tokens.error(t.place(), "\"" + t.text() + "\" has not two hexadecimal digits for each byte.");
        }
    }

    /// A time: `1.5`, `200ms`, `+40ms`, `+0.2..0.3`, `1..2`, `0.1...0.5`, `*`.
    static When when(Tokens tokens, Token t) {
        String s = t.text();
        if (s.equals("*")) {
            return new When(true, When.ANY, When.ANY, false);
        }
        boolean relative = s.startsWith("+");
        String rest = relative ? s.substring(1) : s;
        boolean lasting = rest.contains("...");
        String[] parts = lasting ? rest.split("\\.\\.\\.", 2) : rest.split("\\.\\.", 2);
        long from = duration(tokens, t, parts[0]);
        long to = parts.length == 1 ? from : duration(tokens, t, parts[1]);
        if (to < from) {
            throw tokens.error(t.place(), "the time \"" + s + "\" ends before it begins.");
        }
        return new When(relative, from, to, lasting);
    }

    static boolean isTime(Token t) {
        return t.kind() == Token.Kind.WORD
                && !t.text().isEmpty()
                && "+*0123456789".indexOf(t.text().charAt(0)) >= 0;
    }

    /// Seconds, or a number with `us`, `ms`, `s` or `min`.
    static long duration(Tokens tokens, Token t, String s) {
        String[] units = {"us", "ms", "min", "s", ""};
        long[] nanos = {1_000L, 1_000_000L, 60_000_000_000L, 1_000_000_000L, 1_000_000_000L};
        for (int i = 0; i < units.length; i++) {
            if (s.endsWith(units[i])) {
                return scaled(tokens, t, s.substring(0, s.length() - units[i].length()), nanos[i]);
            }
        }
        throw new AssertionError();
    }

    private static long scaled(Tokens tokens, Token t, String digits, long unit) {
        try {
            return new BigDecimal(digits).multiply(BigDecimal.valueOf(unit)).longValue();
        } catch (NumberFormatException e) {
            throw tokens.error(
                    t.place(), "\"" + t.text() + "\" is not a time; write for example 0.5, 200ms, +1s or +0.1..0.2.");
        }
    }
}
