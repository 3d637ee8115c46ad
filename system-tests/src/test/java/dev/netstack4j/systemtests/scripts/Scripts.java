package dev.netstack4j.systemtests.scripts;

import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.testkit.script.Script;
import dev.netstack4j.testkit.script.ScriptRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The scripts among the resources, and what runs them.
final class Scripts {
    private Scripts() {}

    /// The folder.
    static Path folder() {
        try {
            return Path.of(Scripts.class.getResource("/scripts").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Paths of all scripts, in order.
    static List<Path> all() {
        try (Stream<Path> found = Files.walk(folder())) {
            return found.filter(p -> p.toString().endsWith(Script.SUFFIX))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The script of a path, named by it.
    static Script read(Path path) {
        try {
            return Script.parse(name(path), Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// For people: `tcp/rto-backoff`.
    static String name(Path path) {
        String s = folder().relativize(path).toString();
        return s.substring(0, s.length() - Script.SUFFIX.length());
    }

    /// Against the modules of this project.
    static ScriptRunner runner() {
        return ScriptRunner.of(() -> StackFactory.find().builder().discover(Scripts.class.getClassLoader()));
    }
}
