package dev.netstack4j.systemtests.support;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// A JVM of its own for a project in which one source file is another one.
public final class MutantJvm {
    private static final int MOST_SECONDS = 90;

    private final Path root;
    private final Path classes;
    private final Path output;

    /// @param root   of the project
    /// @param folder an empty folder
    public MutantJvm(Path root, Path folder) throws IOException {
        this.root = root;
        classes = Files.createDirectory(folder.resolve("classes"));
        output = folder.resolve("output.txt");
    }

    /// Puts another text in the place of a source file.
    public void compile(Path file, String text, String name) throws IOException {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> options = List.of("-proc:none", "-nowarn", "-cp", classPath(), "-d", classes.toString());
        boolean ok = javac.getTask(messages, null, null, options, null, List.of(new Source(file.toUri(), text)))
                .call();
        assertTrue(ok, () -> name + " does not compile: " + messages);
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

    /// The mutant's classes, then those of all modules and their tests, then the class path of this JVM.
    private String classPath() throws IOException {
        List<String> parts = new ArrayList<>();
        parts.add(classes.toString());
        try (Stream<Path> modules = Files.list(root)) {
            modules.sorted()
                    .flatMap(m -> Stream.of(m.resolve("target/classes"), m.resolve("target/test-classes")))
                    .filter(Files::isDirectory)
                    .forEach(p -> parts.add(p.toString()));
        }
        parts.add(System.getProperty("java.class.path"));
        return String.join(File.pathSeparator, parts);
    }

    /// Runs a class. A JVM that hangs is ended, and counts as failed.
    ///
    /// @return its exit status
    public int run(List<String> options, Class<?> main, Collection<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String a : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (a.startsWith("-javaagent:") && a.contains("mockito")) {
                command.add(a);
            }
        }
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-Dguice_bytecode_gen_option=DISABLED",
                "--enable-native-access=ALL-UNNAMED",
                "-Dbasedir=" + root.resolve("system-tests")));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(), main.getName()));
        command.addAll(arguments);
        Process p = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!p.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
            p.destroyForcibly().waitFor();
            return 99;
        }
        return p.exitValue();
    }

    /// What the last run printed.
    public String output() throws IOException {
        return Files.readString(output);
    }
}
