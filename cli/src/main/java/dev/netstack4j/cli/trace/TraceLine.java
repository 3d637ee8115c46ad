package dev.netstack4j.cli.trace;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One event of a trace.
///
/// @param number of the line in its file, from 1
/// @param what   `r`, `w`, `post`, `back`, `irq`, `slot`
/// @param of     register, descriptor or interrupt
/// @param detail value and meaning
public record TraceLine(int number, String what, String of, String detail) {
    private static final Pattern LINE = Pattern.compile("[0-9.]+ +(\\S+) (\\S+)(?: = (.*))?");
    private static final Pattern MARKED = Pattern.compile("([@#~])[0-9a-f]*");

    static TraceLine parse(int number, String text) {
        Matcher m = LINE.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException("line " + number + " is none of a register trace: " + text);
        }
        String detail = m.group(3) == null ? "" : m.group(3);
        // Addresses, counts and what depends on chance are marked, and never the same.
        return new TraceLine(
                number, m.group(1), m.group(2), MARKED.matcher(detail).replaceAll("$1"));
    }

    /// Whether a register was read or written.
    boolean isAccess() {
        return what.equals("r") || what.equals("w");
    }

    /// Whether it is of the same thing as another.
    boolean isOfSame(TraceLine other) {
        return what.equals(other.what) && of.equals(other.of);
    }

    /// The value of an access as a number; 0 for one that is marked.
    int value() {
        String hex = detail.contains(" ") ? detail.substring(0, detail.indexOf(' ')) : detail;
        return hex.matches("[0-9a-f]{1,8}") ? Integer.parseUnsignedInt(hex, 16) : 0;
    }

    /// As it is compared.
    ///
    /// @param ignored bits of a register's value that may differ
    String key(int ignored) {
        return isAccess() && ignored != 0
                ? what + " " + of + " = " + Integer.toHexString(value() & ~ignored)
                : toString();
    }

    @Override
    public String toString() {
        return what + " " + of + (detail.isEmpty() ? "" : " = " + detail);
    }
}
