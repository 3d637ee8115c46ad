package dev.netstack4j.cli.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {
    private static final String HOST = "Host: x\r\n";

    @Test
    void requestsThatArriveTogetherAreReadOneAfterTheOther() throws Exception {
        RequestReader reader = reader("GET /a HTTP/1.1\r\n" + HOST + "\r\nHEAD /b HTTP/1.1\n" + "host: y\n\n");
        assertEquals("/a", read(reader).target());
        HttpRequest second = read(reader);
        assertEquals("HEAD", second.method());
        assertEquals("y", second.header("host"));
        assertNull(reader.next());
    }

    @Test
    void aRequestMayArriveByteByByte() throws Exception {
        String text = "\r\nGET /slow HTTP/1.1\r\n" + HOST + "X: 1\r\nx: 2 \r\n\r\n";
        RequestReader reader = new RequestReader(new Trickle(text));
        HttpRequest request = read(reader);
        assertEquals("/slow", request.target());
        assertEquals("1, 2", request.header("x"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET / HTTP/1.1, '', true",
        "GET / HTTP/1.1, Connection: close, false",
        "GET / HTTP/1.0, '', false",
        "GET / HTTP/1.0, Connection: Keep-Alive, true",
        "GET / HTTP/1.9, '', true"
    })
    void theConnectionStaysOpenAsTheVersionAndTheHeaderSay(String line, String header, boolean open) throws Exception {
        String head = line + "\r\n" + HOST + (header.isEmpty() ? "" : header + "\r\n") + "\r\n";
        assertEquals(open, read(reader(head)).keepAlive());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET\r\nHost: x\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / \r\nHost: x\r\n\r\n",
                "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET / HTTP/1.1 \r\nHost: x\r\n\r\n",
                "GET / http/1.1\r\nHost: x\r\n\r\n",
                "G(T / HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost : x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\u0000\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1, 1\r\n\r\n",
                "\u0016\u0003\u0001\u0002\n\n"
            })
    void whatIsNoRequestIsABadRequest(String head) {
        assertEquals(HttpStatus.BAD_REQUEST, problem(head).status());
    }

    @Test
    void otherProblemsHaveTheirOwnStatus() {
        assertEquals(
                HttpStatus.VERSION_NOT_SUPPORTED,
                problem("GET / HTTP/2.0\r\n" + HOST + "\r\n").status());
        assertEquals(
                HttpStatus.NOT_IMPLEMENTED,
                problem("POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n")
                        .status());
        assertEquals(
                HttpStatus.URI_TOO_LONG, problem("GET /" + "a".repeat(20_000)).status());
        assertEquals(
                HttpStatus.HEADER_FIELDS_TOO_LARGE,
                problem("GET / HTTP/1.1\r\nX: " + "a".repeat(20_000)).status());
    }

    @Test
    void aConnectionThatEndsWithinARequestIsAnError() {
        assertThrows(EOFException.class, () -> reader("GET / HTTP/1.1\r\n").next());
    }

    @Test
    void aBodyIsReadOver() throws Exception {
        RequestReader reader = reader("GET / HTTP/1.1\r\n" + HOST + "Content-Length: 5\r\n\r\n12345"
                + "GET /next HTTP/1.1\r\n" + HOST + "\r\n");
        assertTrue(reader.skipBody(read(reader)));
        assertEquals("/next", read(reader).target());
    }

    @Test
    void aBodyThatIsTooLongOrEndsEarlyEndsTheConnection() throws Exception {
        RequestReader large = reader("PUT / HTTP/1.1\r\n" + HOST + "Content-Length: 99999999999\r\n\r\n");
        assertFalse(large.skipBody(read(large)));
        RequestReader cut = reader("PUT / HTTP/1.1\r\n" + HOST + "Content-Length: 5\r\n\r\n123");
        assertFalse(cut.skipBody(read(cut)));
    }

    private static HttpProblem problem(String head) {
        return assertThrows(HttpProblem.class, () -> reader(head).next());
    }

    private static HttpRequest read(RequestReader reader) throws Exception {
        @Nullable HttpRequest request = reader.next();
        assertNotNull(request);
        return request;
    }

    private static RequestReader reader(String text) {
        return new RequestReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /// One byte a read.
    private static final class Trickle extends InputStream {
        private final InputStream all;

        Trickle(String text) {
            all = new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        @Override
        public int read() throws java.io.IOException {
            return all.read();
        }

        @Override
        public int read(byte[] into, int at, int length) throws java.io.IOException {
            return all.read(into, at, Math.min(1, length));
        }
    }
}
