package dev.netstack4j.systemtests.mechanism;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// One way to break one mechanism: a piece of one source file, and what stands there instead.
///
/// ```
/// === F7 the watchdog is never armed
/// file qdisc-tbf/src/main/java/…/Tbf.java
/// find watchdog.schedule(at, cpu);
/// with
/// ```
record Mutation(String row, String name, Path file, String find, String with) {
    static Path root() {
        return Path.of(System.getProperty("basedir", "system-tests"))
                .toAbsolutePath()
                .getParent();
    }

    /// All mutations of `src/test/mutations`.
    static List<Mutation> all() throws IOException {
        return in("mutations");
    }

    /// All mutations of a folder of `src/test`.
    static List<Mutation> in(String folder) throws IOException {
        List<Mutation> all = new ArrayList<>();
        try (Stream<Path> files =
                Files.list(root().resolve("system-tests/src/test").resolve(folder))) {
            for (Path f :
                    files.filter(p -> p.toString().endsWith(".txt")).sorted().toList()) {
                parse(Files.readString(f), all);
            }
        }
        return all;
    }

    private static void parse(String text, List<Mutation> into) {
        for (String block : text.split("(?m)^=== ")) {
            String[] lines = block.strip().split("\n");
            if (lines.length >= 3) {
                String[] head = lines[0].split(" ", 2);
                into.add(new Mutation(
                        head[0],
                        head[1],
                        root().resolve(value(lines, "file")),
                        value(lines, "find"),
                        value(lines, "with")));
            }
        }
    }

    private static String value(String[] lines, String key) {
        for (String l : lines) {
            if (l.equals(key) || l.startsWith(key + " ")) {
                return l.substring(key.length()).strip();
            }
        }
        return "";
    }

    /// The broken source.
    String mutatedSource() throws IOException {
        String source = Files.readString(file);
        int first = source.indexOf(find);
        if (find.isEmpty() || first < 0 || source.indexOf(find, first + 1) >= 0) {
            throw new IllegalStateException(
                    row + ": '" + find + "' must stand exactly once in " + root().relativize(file));
        }
        return source.substring(0, first) + with + source.substring(first + find.length());
    }

    @Override
    public String toString() {
        return row + " " + name;
    }
}
