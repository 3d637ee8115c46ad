package dev.netstack4j.systemtests.startkit;

import dev.netstack4j.systemtests.assembly.ProjectJars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The guides in `docs/` and the sources that they walk through.
final class Guides {
    private static final Pattern LISTING = Pattern.compile("(?ms)(?:^<!-- ([^\\n]+) -->\\n)?^```java\\n(.*?)^```$");

    private Guides() {}

    /// A listing of a guide.
    ///
    /// @param source the file that it was taken from, relative to the project's root; empty when none is named
    record Listing(Path guide, String source, String text) {
        /// Whether these lines stand in the source, in this order and without a gap, whatever their indentation.
        boolean isTrue() throws IOException {
            Path file = ProjectJars.root().resolve(source);
            return Files.isRegularFile(file) && flat(Files.readString(file)).contains(flat(text));
        }

        private static String flat(String text) {
            return text.lines().map(String::strip).filter(l -> !l.isEmpty()).reduce("\n", (a, b) -> a + b + "\n");
        }
    }

    static Path folder(String name) {
        return ProjectJars.root().resolve("system-tests/src/test/guides").resolve(name);
    }

    static List<Listing> listings() throws IOException {
        List<Listing> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(ProjectJars.root().resolve("docs"))) {
            for (Path f :
                    files.filter(p -> p.toString().endsWith(".md")).sorted().toList()) {
                Matcher m = LISTING.matcher(Files.readString(f));
                while (m.find()) {
                    all.add(new Listing(f.getFileName(), m.group(1) == null ? "" : m.group(1), m.group(2)));
                }
            }
        }
        return all;
    }
}
