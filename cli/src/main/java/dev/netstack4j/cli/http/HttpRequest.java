package dev.netstack4j.cli.http;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The head of a request: what came before the empty line.
///
/// @param method  as written: `GET`
/// @param target  as written: `/a%20b?x`
/// @param minor   of HTTP/1: 0 or 1
/// @param headers by lower-case name; repeated ones joined by a comma
record HttpRequest(String method, String target, int minor, Map<String, String> headers) {
    /// The value of a header, or null.
    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    /// Whether the connection stays open after the answer.
    boolean keepAlive() {
        String connection = headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT);
        return minor == 0 ? connection.contains("keep-alive") : !connection.contains("close");
    }
}
