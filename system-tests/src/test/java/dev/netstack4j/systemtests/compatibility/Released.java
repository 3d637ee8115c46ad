package dev.netstack4j.systemtests.compatibility;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The jars of the last release.
final class Released {
    private static final Path ALL = Path.of(System.getProperty("basedir", "."), "src", "test", "released");

    private Released() {}

    /// Its folder: the newest version.
    static Path folder() throws IOException {
        try (Stream<Path> versions = Files.list(ALL)) {
            return versions.filter(Files::isDirectory)
                    .max(Comparator.comparing(
                            p -> Runtime.Version.parse(p.getFileName().toString())))
                    .orElseThrow();
        }
    }

    /// The jar of a module.
    static Path jar(String module) throws IOException {
        return jars().stream()
                .filter(p -> p.getFileName().toString().matches("netstack4j-" + module + "-[0-9.]+\\.jar"))
                .findFirst()
                .orElseThrow();
    }

    /// The jars of the extensions.
    static List<Path> extensions() throws IOException {
        return jars().stream()
                .filter(p -> p.getFileName().toString().matches("netstack4j-(nic|qdisc|proto|bus|wire)-.*"))
                .toList();
    }

    private static List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.filter(p -> p.toString().endsWith(".jar")).sorted().toList();
        }
    }
}
