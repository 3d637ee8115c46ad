package dev.netstack4j.cli.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is sent back: a head, and either text or a part of a file.
///
/// @param status  the status
/// @param headers in the order in which they are written
/// @param text    the body when there is no file
/// @param file    whose bytes are the body, or null
/// @param range   which bytes of the file
record Answer(
        HttpStatus status,
        Map<String, String> headers,
        byte[] text,
        @Nullable Path file,
        @Nullable ByteRange range) {
    private static final byte[] NOTHING = new byte[0];

    /// The answer to a request that can be answered well.
    static Answer to(HttpRequest request, SiteFiles files) throws HttpProblem, IOException {
        boolean get = request.method().equals("GET");
        if (!get && !request.method().equals("HEAD")) {
            throw new HttpProblem(HttpStatus.METHOD_NOT_ALLOWED, "This server takes GET and HEAD.");
        }
        Path file = files.find(request.target());
        try {
            BasicFileAttributes state = Files.readAttributes(file, BasicFileAttributes.class);
            return ofFile(request, file, state, get);
        } catch (NoSuchFileException e) {
            throw new HttpProblem(HttpStatus.NOT_FOUND, "There is no such file.");
        }
    }

    private static Answer ofFile(HttpRequest request, Path file, BasicFileAttributes state, boolean get)
            throws HttpProblem {
        String modified = HttpDate.of(state.lastModifiedTime().toInstant());
        String tag = '"'
                + Long.toHexString(state.size())
                + '-'
                + Long.toHexString(state.lastModifiedTime().toMillis())
                + '"';
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Last-Modified", modified);
        headers.put("ETag", tag);
        headers.put("Accept-Ranges", "bytes");
        if (isUnchanged(request, tag, modified)) {
            return new Answer(HttpStatus.NOT_MODIFIED, headers, NOTHING, null, null);
        }
        headers.put("Content-Type", ContentTypes.of(file));
        ByteRange part = get ? part(request, state.size(), tag, modified) : null;
        ByteRange whole = new ByteRange(0, state.size() - 1);
        headers.put("Content-Length", Long.toString(part == null ? whole.length() : part.length()));
        if (part == null) {
            return new Answer(HttpStatus.OK, headers, NOTHING, file, whole);
        }
        headers.put("Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + state.size());
        return new Answer(HttpStatus.PARTIAL_CONTENT, headers, NOTHING, file, part);
    }

    private static @Nullable ByteRange part(HttpRequest request, long size, String tag, String modified)
            throws HttpProblem {
        String condition = request.header("if-range");
        boolean holds = condition == null || condition.equals(tag) || condition.equals(modified);
        return holds ? ByteRange.of(request.header("range"), size) : null;
    }

    private static boolean isUnchanged(HttpRequest request, String tag, String modified) {
        String tags = request.header("if-none-match");
        if (tags != null) {
            return tags.contains(tag) || tags.strip().equals("*");
        }
        return Objects.equals(request.header("if-modified-since"), modified);
    }

    /// The answer to a request that cannot be answered well.
    static Answer to(HttpProblem problem) {
        String why = Objects.requireNonNullElse(problem.getMessage(), "");
        Map<String, String> headers = new LinkedHashMap<>();
        switch (problem.status()) {
            case MOVED_PERMANENTLY -> headers.put("Location", why);
            case METHOD_NOT_ALLOWED -> headers.put("Allow", "GET, HEAD");
            case RANGE_NOT_SATISFIABLE -> headers.put("Content-Range", "bytes */" + why.replaceAll("\\D", ""));
            default -> {}
        }
        byte[] text = (problem.status() + "\n" + why + "\n").getBytes(StandardCharsets.UTF_8);
        headers.put("Content-Type", "text/plain; charset=utf-8");
        headers.put("Content-Length", Integer.toString(text.length));
        return new Answer(problem.status(), headers, text, null, null);
    }

    /// The head as bytes, with its empty line.
    byte[] head(Instant now, boolean keepAlive) {
        StringBuilder s = new StringBuilder(300);
        s.append("HTTP/1.1 ").append(status).append("\r\n");
        s.append("Date: ").append(HttpDate.of(now)).append("\r\nServer: netstack4j\r\n");
        headers.forEach(
                (name, value) -> s.append(name).append(": ").append(value).append("\r\n"));
        s.append(keepAlive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n");
        return s.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
