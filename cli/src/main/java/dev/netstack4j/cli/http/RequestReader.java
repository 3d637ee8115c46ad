package dev.netstack4j.cli.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Takes requests off a connection, one after the other; bytes that follow a request stay for the next one.
final class RequestReader {
    static final int LONGEST_HEAD = 16 << 10;
    private static final int LONGEST_BODY = 1 << 20;

    private final InputStream in;
    private final byte[] buffer = new byte[LONGEST_HEAD];
    private int filled;

    RequestReader(InputStream in) {
        this.in = in;
    }

    /// Waits for the next request.
    ///
    /// @return null when the peer has ended the connection
    @Nullable
    HttpRequest next() throws IOException, HttpProblem {
        int from = 0;
        while (true) {
            dropEmptyLines();
            int end = endOfHead(from);
            if (end > 0) {
                return take(end);
            }
            from = Math.max(0, filled - 3);
            if (filled == buffer.length) {
                throw tooLong();
            }
            int n = in.read(buffer, filled, buffer.length - filled);
            if (n < 0) {
                return atEnd();
            }
            filled += n;
        }
    }

    private @Nullable HttpRequest atEnd() throws EOFException {
        if (filled > 0) {
            throw new EOFException("the connection ended within a request");
        }
        return null;
    }

    /// RFC 9112, 2.2: empty lines before a request are ignored.
    private void dropEmptyLines() {
        int n = 0;
        while (n < filled && (buffer[n] == '\r' || buffer[n] == '\n')) {
            n++;
        }
        drop(n);
    }

    /// Index behind the empty line, or -1.
    private int endOfHead(int from) {
        for (int i = from; i < filled - 1; i++) {
            if (buffer[i] == '\n' && buffer[i + 1] == '\n') {
                return i + 2;
            }
            if (i + 2 < filled && buffer[i] == '\n' && buffer[i + 1] == '\r' && buffer[i + 2] == '\n') {
                return i + 3;
            }
        }
        return -1;
    }

    private HttpRequest take(int end) throws HttpProblem {
        String head = new String(buffer, 0, end, StandardCharsets.ISO_8859_1);
        drop(end);
        return RequestHead.parse(head);
    }

    private void drop(int bytes) {
        if (bytes > 0) {
            System.arraycopy(buffer, bytes, buffer, 0, filled - bytes);
            filled -= bytes;
        }
    }

    private HttpProblem tooLong() {
        for (int i = 0; i < filled; i++) {
            if (buffer[i] == '\n') {
                return new HttpProblem(HttpStatus.HEADER_FIELDS_TOO_LARGE, "The headers are too long.");
            }
        }
        return new HttpProblem(HttpStatus.URI_TOO_LONG, "The request line is too long.");
    }

    /// Reads over the body of a request.
    ///
    /// @return false when it is too long for that: the connection ends then
    boolean skipBody(HttpRequest request) throws IOException {
        String length = request.header("content-length");
        long left = length == null ? 0 : Long.parseLong(length);
        if (left > LONGEST_BODY) {
            return false;
        }
        int buffered = (int) Math.min(left, filled);
        drop(buffered);
        left -= buffered;
        while (left > 0) {
            int n = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (n < 0) {
                return false;
            }
            left -= n;
        }
        return true;
    }
}
