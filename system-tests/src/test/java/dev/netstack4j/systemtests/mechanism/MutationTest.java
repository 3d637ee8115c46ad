package dev.netstack4j.systemtests.mechanism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Breaks one mechanism at a time and runs the tests that carry its id: at least one must fail. A test JVM of its own a
/// mutant, bounded in time.
class MutationTest {
    private static final int MOST_SECONDS = 90;

    static List<Mutation> mutations() throws IOException {
        return Mutation.all();
    }

    @Test
    void everyMutationStillFindsItsPlace() throws IOException {
        for (Mutation m : Mutation.all()) {
            assertFalse(m.mutatedSource().isEmpty(), m.toString());
        }
    }

    @Tag("nightly")
    @ParameterizedTest(name = "{0}")
    @MethodSource("mutations")
    void aTestFailsWithoutTheMechanism(Mutation mutation, @TempDir Path folder) throws Exception {
        SortedSet<String> tests = MechanismIndex.of(Mutation.root()).testsOf(mutation.row());
        assertFalse(tests.isEmpty(), "no test carries " + mutation.row());
        assertEquals(
                0,
                run(Files.createDirectory(folder.resolve("none")), tests),
                "the tests of " + mutation.row() + " fail without any mutation");
        Path classes = Files.createDirectory(folder.resolve("classes"));
        compile(mutation, classes);
        assertTrue(run(classes, tests) != 0, () -> mutation + " survived: none of " + tests + " failed");
    }

    private static void compile(Mutation mutation, Path into) throws IOException {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        JavaFileObject source = new Source(mutation.file().toUri(), mutation.mutatedSource());
        boolean ok = javac.getTask(
                        messages,
                        null,
                        null,
                        List.of("-proc:none", "-nowarn", "-cp", classPath(into), "-d", into.toString()),
                        null,
                        List.of(source))
                .call();
        assertTrue(ok, () -> mutation + " does not compile: " + messages);
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(URI uri, String text) {
            super(uri, Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /// The mutant's classes, then those of all modules and their tests, then the libraries of this JVM.
    private static String classPath(Path first) throws IOException {
        List<String> parts = new ArrayList<>();
        parts.add(first.toString());
        try (Stream<Path> modules = Files.list(Mutation.root())) {
            modules.sorted()
                    .flatMap(m -> Stream.of(m.resolve("target/classes"), m.resolve("target/test-classes")))
                    .filter(Files::isDirectory)
                    .forEach(p -> parts.add(p.toString()));
        }
        for (String jar : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!Path.of(jar).startsWith(Mutation.root())) {
                parts.add(jar);
            }
        }
        return String.join(File.pathSeparator, parts);
    }

    private static int run(Path mutant, SortedSet<String> tests) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Dguice_bytecode_gen_option=DISABLED",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath(mutant)));
        for (String a :
                java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (a.startsWith("-javaagent:") && a.contains("mockito")) {
                command.add(1, a);
            }
        }
        command.add(RowRunner.class.getName());
        command.addAll(tests.stream().collect(Collectors.toList()));
        Process p = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(mutant.resolveSibling("output.txt").toFile())
                .start();
        if (!p.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
            p.destroyForcibly().waitFor();
            return 99; // a mutant that hangs its test is found out
        }
        return p.exitValue();
    }
}
