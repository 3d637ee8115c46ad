package dev.netstack4j.cli.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiteFilesTest {
    @TempDir
    Path temp;

    private SiteFiles site;

    @BeforeEach
    void files() throws IOException {
        Path root = Files.createDirectories(temp.resolve("site"));
        Files.createDirectories(root.resolve("docs"));
        Files.createDirectories(root.resolve("empty"));
        Files.writeString(root.resolve("a b.txt"), "spaced");
        Files.writeString(root.resolve("é.txt"), "accent");
        Files.writeString(root.resolve("docs/index.html"), "index");
        Files.writeString(temp.resolve("secret"), "secret");
        Files.createDirectories(temp.resolve("site-of-others"));
        Files.writeString(temp.resolve("site-of-others/file"), "secret");
        Files.createSymbolicLink(root.resolve("out"), temp.resolve("secret"));
        Files.createSymbolicLink(root.resolve("up"), temp);
        Files.createSymbolicLink(root.resolve("in"), root.resolve("a b.txt"));
        Files.createSymbolicLink(root.resolve("docs/loop"), root.resolve("docs/loop"));
        site = new SiteFiles(root);
    }

    @ParameterizedTest
    @CsvSource({
        "/a%20b.txt, spaced",
        "/%C3%A9.txt, accent",
        "/%61%20b.txt?query=1, spaced",
        "/docs/, index",
        "/docs/index.html, index",
        "//docs//index.html, index",
        "/./docs/./index.html, index",
        "http://10.77.0.2/in, spaced"
    })
    void filesInsideAreFound(String target, String text) throws Exception {
        assertEquals(text, Files.readString(site.find(target)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/../secret",
                "/docs/../../secret",
                "/%2e%2e/secret",
                "/%2e%2e%2fsecret",
                "/..%2Fsecret",
                "/docs/%2e%2e/%2e%2e/secret",
                "/../site-of-others/file",
                "/out",
                "/up/secret",
                "/up/site/a%20b.txt/",
                "/docs/loop",
                "/empty/",
                "/a%20b.txt/more",
                "/etc/passwd",
                "//etc/passwd"
            })
    void nothingOutsideIsFound(String target) {
        assertEquals(HttpStatus.NOT_FOUND, problem(target).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "*", "/%", "/%2", "/%zz", "/%00", "/%c3", "/%ff", "/a#b", "10.0.0.1:80"})
    void whatIsNoPathIsABadRequest(String target) {
        assertEquals(HttpStatus.BAD_REQUEST, problem(target).status());
    }

    @Test
    void aDirectoryWithoutItsSlashIsMoved() {
        HttpProblem e = problem("/docs?x");
        assertEquals(HttpStatus.MOVED_PERMANENTLY, e.status());
        assertEquals("/docs/", Answer.to(e).headers().get("Location"));
        assertEquals("/docs/", Answer.to(problem("//docs")).headers().get("Location"), "never another host");
    }

    private HttpProblem problem(String target) {
        return assertThrows(HttpProblem.class, () -> site.find(target));
    }
}
