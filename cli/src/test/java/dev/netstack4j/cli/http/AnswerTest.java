package dev.netstack4j.cli.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerTest {
    private static final Instant TIME = Instant.parse("1994-11-06T08:49:37Z");
    private static final String TIME_TEXT = "Sun, 06 Nov 1994 08:49:37 GMT";

    @TempDir
    Path root;

    private SiteFiles site;

    @BeforeEach
    void file() throws IOException {
        Path file = Files.writeString(root.resolve("a.html"), "0123456789");
        Files.setLastModifiedTime(file, FileTime.from(TIME));
        site = new SiteFiles(root);
    }

    @Test
    void aFileIsSentWholeWithItsTypeAndLength() throws Exception {
        Answer a = answer("GET", "/a.html", Map.of());
        assertEquals(HttpStatus.OK, a.status());
        assertEquals("10", a.headers().get("Content-Length"));
        assertEquals("text/html; charset=utf-8", a.headers().get("Content-Type"));
        assertEquals(TIME_TEXT, a.headers().get("Last-Modified"));
        assertEquals(new ByteRange(0, 9), a.range());
    }

    @Test
    void headHasTheLengthOfGetAndIgnoresRanges() throws Exception {
        Answer a = answer("HEAD", "/a.html", Map.of("range", "bytes=0-1"));
        assertEquals(HttpStatus.OK, a.status());
        assertEquals("10", a.headers().get("Content-Length"));
    }

    @Test
    void aRangeIsAnsweredInPart() throws Exception {
        Answer a = answer("GET", "/a.html", Map.of("range", "bytes=-3"));
        assertEquals(HttpStatus.PARTIAL_CONTENT, a.status());
        assertEquals("3", a.headers().get("Content-Length"));
        assertEquals("bytes 7-9/10", a.headers().get("Content-Range"));
    }

    @Test
    void aRangeOfAnotherVersionIsAnsweredWhole() throws Exception {
        Map<String, String> changed = Map.of("range", "bytes=0-1", "if-range", "\"other\"");
        assertEquals(HttpStatus.OK, answer("GET", "/a.html", changed).status());
        Map<String, String> same = Map.of("range", "bytes=0-1", "if-range", TIME_TEXT);
        assertEquals(HttpStatus.PARTIAL_CONTENT, answer("GET", "/a.html", same).status());
    }

    @Test
    void whatTheClientHasIsNotSentAgain() throws Exception {
        String tag = Objects.requireNonNull(
                answer("GET", "/a.html", Map.of()).headers().get("ETag"));
        Answer a = answer("GET", "/a.html", Map.of("if-none-match", tag));
        assertEquals(HttpStatus.NOT_MODIFIED, a.status());
        assertNull(a.file());
        assertEquals(
                HttpStatus.NOT_MODIFIED,
                answer("GET", "/a.html", Map.of("if-modified-since", TIME_TEXT)).status());
    }

    @Test
    void otherMethodsAreNotAllowed() {
        HttpProblem e = assertThrows(HttpProblem.class, () -> answer("POST", "/a.html", Map.of()));
        Answer a = Answer.to(e);
        assertEquals(HttpStatus.METHOD_NOT_ALLOWED, a.status());
        assertEquals("GET, HEAD", a.headers().get("Allow"));
    }

    @Test
    void theHeadEndsWithAnEmptyLine() throws Exception {
        String head = new String(answer("GET", "/a.html", Map.of()).head(TIME, true), StandardCharsets.ISO_8859_1);
        assertEquals("HTTP/1.1 200 OK\r\nDate: " + TIME_TEXT, head.substring(0, head.indexOf("\r\nServer")));
        assertEquals("Connection: keep-alive\r\n\r\n", head.substring(head.indexOf("Connection")));
        assertNotNull(head);
    }

    private Answer answer(String method, String target, Map<String, String> headers) throws Exception {
        return Answer.to(new HttpRequest(method, target, 1, new TreeMap<>(headers)), site);
    }
}
