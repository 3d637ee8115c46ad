package dev.netstack4j.cli.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A part of a file: RFC 9110, 14.1.2. Several ranges at once are not served; the whole file is a legal answer to them.
///
/// @param first first byte
/// @param last  last byte, included
record ByteRange(long first, long last) {
    private static final Pattern SINGLE = Pattern.compile("(?i)bytes=[ \\t]*(\\d{0,18})-(\\d{0,18})[ \\t]*");

    /// Bytes in it.
    long length() {
        return last - first + 1;
    }

    /// The range that a `Range` header asks for.
    ///
    /// @param size of the file
    /// @return null when the header is to be ignored
    /// @throws HttpProblem 416 when no byte of the file lies in it
    static @Nullable ByteRange of(@Nullable String header, long size) throws HttpProblem {
        Matcher m = SINGLE.matcher(header == null ? "" : header);
        if (!m.matches() || m.group(1).isEmpty() && m.group(2).isEmpty()) {
            return null;
        }
        return m.group(1).isEmpty() ? suffix(Long.parseLong(m.group(2)), size) : fromTo(m.group(1), m.group(2), size);
    }

    private static ByteRange suffix(long wanted, long size) throws HttpProblem {
        if (wanted == 0 || size == 0) {
            throw outside(size);
        }
        return new ByteRange(Math.max(0, size - wanted), size - 1);
    }

    private static @Nullable ByteRange fromTo(String from, String to, long size) throws HttpProblem {
        long first = Long.parseLong(from);
        long last = to.isEmpty() ? Long.MAX_VALUE : Long.parseLong(to);
        if (last < first) {
            return null;
        }
        if (first >= size) {
            throw outside(size);
        }
        return new ByteRange(first, Math.min(last, size - 1));
    }

    private static HttpProblem outside(long size) {
        return new HttpProblem(HttpStatus.RANGE_NOT_SATISFIABLE, "The file has " + size + " bytes.");
    }
}
