package dev.netstack4j.systemtests.requirements;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import dev.netstack4j.testkit.script.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// Reads `@Proves` from the tests of every module, as they are written, and `proves` from the packet scripts.
final class ProofIndex {
    private static final String MARK = "@Proves(";
    private final Path root;
    private final SortedMap<String, SortedSet<Proof>> byId = new TreeMap<>();

    /// @param name for people: `SendingTest#nagle` or `tcp/data/nagle`
    /// @param file from the root of the project
    /// @param runs whether the annotated element is one that JUnit runs
    record Proof(String name, Path file, boolean runs) implements Comparable<Proof> {
        @Override
        public int compareTo(Proof o) {
            return name.compareTo(o.name);
        }
    }

    private ProofIndex(Path root) {
        this.root = root;
    }

    /// All modules below `root`.
    static ProofIndex of(Path root) throws IOException {
        ProofIndex index = new ProofIndex(root);
        index.readScripts(root.resolve("system-tests/src/test/resources/scripts"));
        index.readTests();
        return index;
    }

    /// Ids and what proves them.
    SortedMap<String, SortedSet<Proof>> all() {
        return byId;
    }

    /// What proves a requirement.
    SortedSet<Proof> of(String id) {
        return byId.getOrDefault(id, new TreeSet<>());
    }

    private void add(String id, Proof proof) {
        byId.computeIfAbsent(id, i -> new TreeSet<>()).add(proof);
    }

    // ---- scripts

    private void readScripts(Path folder) throws IOException {
        for (Path p : filesBelow(folder, Script.SUFFIX)) {
            String name = folder.relativize(p).toString();
            Proof proof =
                    new Proof(name.substring(0, name.length() - Script.SUFFIX.length()), root.relativize(p), true);
            Script.read(p).setup().proves().forEach(id -> add(id, proof));
        }
    }

    private static List<Path> filesBelow(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(p -> p.toString().endsWith(suffix)).sorted().toList();
        }
    }

    // ---- tests in Java

    private void readTests() throws IOException {
        List<Path> marked = new ArrayList<>();
        try (Stream<Path> modules = Files.list(root)) {
            for (Path tests : modules.map(m -> m.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                for (Path p : filesBelow(tests, "Test.java")) {
                    if (Files.readString(p).contains(MARK)) {
                        marked.add(p);
                    }
                }
            }
        }
        if (marked.isEmpty()) {
            return;
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, d -> {}, List.of(), null, files.getJavaFileObjectsFromPaths(marked));
            for (CompilationUnitTree unit : task.parse()) {
                new Annotated(unit).scan(unit, null);
            }
        }
    }

    /// Walks one file.
    private final class Annotated extends TreeScanner<@Nullable Void, @Nullable Void> {
        private final Path file;
        private String className = "";

        Annotated(CompilationUnitTree unit) {
            file = root.relativize(Path.of(unit.getSourceFile().toUri()));
        }

        @Override
        public @Nullable Void visitClass(ClassTree tree, @Nullable Void nothing) {
            String outer = className;
            className = outer.isEmpty() ? tree.getSimpleName().toString() : outer + "." + tree.getSimpleName();
            take(tree.getModifiers().getAnnotations(), className, true);
            super.visitClass(tree, nothing);
            className = outer;
            return null;
        }

        @Override
        public @Nullable Void visitMethod(MethodTree tree, @Nullable Void nothing) {
            List<? extends AnnotationTree> marks = tree.getModifiers().getAnnotations();
            boolean runs =
                    marks.stream().map(a -> a.getAnnotationType().toString()).anyMatch(ProofIndex::makesATest);
            take(marks, className + "#" + tree.getName(), runs);
            return null;
        }

        private void take(List<? extends AnnotationTree> marks, String name, boolean runs) {
            for (AnnotationTree a : marks) {
                if (a.getAnnotationType().toString().equals("Proves")) {
                    Proof proof = new Proof(name, file, runs);
                    a.getArguments().forEach(value -> ids(value).forEach(id -> add(id, proof)));
                }
            }
        }
    }

    private static boolean makesATest(String annotation) {
        return List.of("Test", "ParameterizedTest", "TestFactory", "RepeatedTest", "Rule")
                .contains(annotation);
    }

    private static List<String> ids(ExpressionTree value) {
        return switch (value) {
            case AssignmentTree a -> ids(a.getExpression());
            case NewArrayTree n ->
                n.getInitializers().stream().flatMap(e -> ids(e).stream()).toList();
            case LiteralTree l -> List.of((String) l.getValue());
            default -> throw new IllegalArgumentException("the id of a requirement is written out: " + value);
        };
    }
}
