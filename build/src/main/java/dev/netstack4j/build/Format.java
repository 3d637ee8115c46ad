package dev.netstack4j.build;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Holds every Java file of the project to one format: `Format check ROOT` names the files that differ and
/// ends with status 1, `Format write ROOT` rewrites them. Files named behind ROOT are looked at alone.
public final class Format {
    private final Path root;
    private final boolean write;
    private final Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());

    private Format(Path root, boolean write) {
        this.root = root;
        this.write = write;
    }

    public static void main(String[] args) throws IOException {
        Format format = new Format(Path.of(args[1]).toRealPath(), args[0].equals("write"));
        List<Path> named = Arrays.stream(args).skip(2).map(Path::of).toList();
        List<Path> different = format.run(named.isEmpty() ? format.sources() : named);
        if (!format.write && !different.isEmpty()) {
            System.err.println(different.size() + " files are not formatted; run .ci/format to rewrite them:");
            different.forEach(file -> System.err.println("  " + file));
            System.exit(1);
        }
    }

    private List<Path> run(List<Path> files) {
        return files.parallelStream()
                .filter(this::differs)
                .map(file -> root.relativize(file.toAbsolutePath()))
                .toList();
    }

    private List<Path> sources() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path module : entries(root)) {
            Path sources = module.resolve("src");
            if (Files.isDirectory(sources)) {
                files.addAll(javaFiles(sources));
            }
        }
        return files;
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }

    private static List<Path> javaFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    private boolean differs(Path file) {
        try {
            String found = Files.readString(file);
            String wanted = formatted(found);
            if (found.equals(wanted)) {
                return false;
            }
            if (write) {
                Files.writeString(file, wanted);
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (FormatterException e) {
            throw new IllegalStateException(file + " cannot be parsed: " + e.getMessage(), e);
        }
    }

    private String formatted(String source) throws FormatterException {
        String ordered = ImportOrderer.reorderImports(source, JavaFormatterOptions.Style.PALANTIR);
        MarkdownComments comments = new MarkdownComments();
        String hidden = comments.hide(RemoveUnusedImports.removeUnusedImports(ordered));
        return CommentFill.fill(comments.restore(formatter.formatSource(hidden)));
    }
}
