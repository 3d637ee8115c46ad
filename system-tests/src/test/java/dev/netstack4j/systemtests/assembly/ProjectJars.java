package dev.netstack4j.systemtests.assembly;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The project's modules as jars: from what Maven compiled, or, where a module was not compiled by Maven, from its
/// sources.
public final class ProjectJars {
    private static final String LIBRARIES =
            "(guice|guava|failureaccess|aopalliance|jakarta\\.inject-api|jspecify)-.*\\.jar";
    private static final List<String> NOT_NEEDED = List.of(
            "testkit",
            "cli",
            "examples",
            "system-tests",
            "bench",
            "linux-tap",
            "wire-tap",
            "nic-tap",
            "wire-stream",
            "pci-trace");

    private final Path work;
    private final Map<String, Path> jars = new TreeMap<>(); // by folder

    /// @param work where the jars are made
    public ProjectJars(Path work) throws IOException {
        this.work = work;
        Map<String, Path> fromSources = new TreeMap<>();
        for (String folder : folders()) {
            Path classes = root().resolve(folder).resolve("target/classes");
            if (Files.exists(classes.resolve("module-info.class"))) {
                jars.put(folder, jar(folder, classes, null));
            } else {
                fromSources.put(folder, root().resolve(folder).resolve("src/main/java"));
            }
        }
        if (!fromSources.isEmpty()) {
            compileProject(fromSources);
        }
    }

    /// The project's root.
    public static Path root() {
        return Path.of(System.getProperty("basedir", "system-tests"))
                .toAbsolutePath()
                .getParent();
    }

    private static List<String> folders() throws IOException {
        try (Stream<Path> all = Files.list(root())) {
            return all.filter(p -> Files.exists(p.resolve("src/main/java/module-info.java")))
                    .map(p -> p.getFileName().toString())
                    .filter(f -> !NOT_NEEDED.contains(f))
                    .sorted()
                    .toList();
        }
    }

    private void compileProject(Map<String, Path> sources) throws IOException {
        Path out = Files.createDirectories(work.resolve("project"));
        Map<String, Path> named = new TreeMap<>();
        sources.forEach((folder, src) -> named.put(moduleName(src), src));
        compile(named, out);
        for (Map.Entry<String, Path> e : sources.entrySet()) {
            Path classes = out.resolve(moduleName(e.getValue()));
            Path resources = root().resolve(e.getKey()).resolve("src/main/resources");
            String facts = "name=" + e.getKey() + "\nversion=" + (e.getKey().equals("api") ? apiVersion() : "0.1.0")
                    + "\napi=" + apiVersion() + "\n";
            Path to = classes.resolve("META-INF/netstack4j/" + e.getKey() + ".properties");
            Files.createDirectories(to.getParent());
            Files.writeString(to, facts);
            jars.put(e.getKey(), jar(e.getKey(), classes, Files.exists(resources) ? resources : null));
        }
    }

    private static String apiVersion() throws IOException {
        Matcher m = Pattern.compile("<netstack4j.api.version>([^<]+)<")
                .matcher(Files.readString(root().resolve("pom.xml")));
        if (!m.find()) {
            throw new IllegalStateException("the root pom names no api version");
        }
        return m.group(1);
    }

    private static String moduleName(Path src) {
        try {
            String text = Files.readString(src.resolve("module-info.java"));
            int at = text.indexOf("\nmodule ") + 8;
            return text.substring(at, text.indexOf(' ', at));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Compiles modules against the jars made so far.
    ///
    /// @param sources the source folder of each module
    void compile(Map<String, Path> sources, Path out) throws IOException {
        List<String> args = new ArrayList<>(List.of("--release", "25", "-parameters", "-proc:none", "-nowarn"));
        args.addAll(List.of("-d", out.toString(), "-p", path(modulePath())));
        for (Map.Entry<String, Path> e : sources.entrySet()) {
            args.addAll(List.of("--module-source-path", e.getKey() + "=" + e.getValue()));
            try (Stream<Path> files = Files.walk(e.getValue())) {
                files.map(Path::toString)
                        .filter(f -> f.endsWith(".java"))
                        .sorted()
                        .forEach(args::add);
            }
        }
        java.io.ByteArrayOutputStream said = new java.io.ByteArrayOutputStream();
        int result =
                javax.tools.ToolProvider.getSystemJavaCompiler().run(null, said, said, args.toArray(String[]::new));
        if (result != 0) {
            throw new IllegalStateException("cannot compile " + sources.keySet() + ": " + said);
        }
    }

    /// Compiles a module of `src/test/extension` and makes a jar of it.
    ///
    /// @param name of the StackModule, or "" when the jar has none
    /// @param api  the api that it says it was built against
    public Path extension(String module, String provider, String name, String version, String api) throws IOException {
        Path src = root().resolve("system-tests/src/test/extension").resolve(module);
        Path out = Files.createDirectories(work.resolve("ext-" + name + version + api));
        compile(Map.of(module, src), out);
        Path classes = out.resolve(module);
        if (!name.isEmpty()) {
            Path services = Files.createDirectories(classes.resolve("META-INF/services"));
            Files.writeString(services.resolve("dev.netstack4j.api.spi.StackModule"), provider + "\n");
            Path facts = Files.createDirectories(classes.resolve("META-INF/netstack4j"));
            Files.writeString(
                    facts.resolve(name + ".properties"),
                    "name=" + name + "\nversion=" + version + "\napi=" + api + "\n");
        }
        return jar(module + "-" + version + "-api" + api, classes, null);
    }

    private Path jar(String name, Path classes, Path more) throws IOException {
        Path jar = work.resolve(name + ".jar");
        List<String> args =
                new ArrayList<>(List.of("--create", "--file", jar.toString(), "-C", classes.toString(), "."));
        if (more != null) {
            args.addAll(List.of("-C", more.toString(), "."));
        }
        int result = java.util.spi.ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(System.out, System.err, args.toArray(String[]::new));
        if (result != 0) {
            throw new IllegalStateException("cannot make " + jar);
        }
        return jar;
    }

    /// The project's jars, by folder.
    Map<String, Path> jars() {
        return jars;
    }

    /// The project's jars and the libraries that they need.
    List<Path> modulePath() {
        return with(jars.values());
    }

    /// api, core and the libraries that they need: no extension.
    public List<Path> coreAlone() {
        return with(List.of(jars.get("api"), jars.get("core")));
    }

    private static List<Path> with(Collection<Path> jars) {
        List<Path> all = new ArrayList<>(jars);
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(p -> p.getFileName().toString().matches(LIBRARIES))
                .forEach(all::add);
        return all;
    }

    /// A path of these, as `-p` and `-cp` take it.
    public static String path(List<Path> parts) {
        return String.join(
                File.pathSeparator, parts.stream().map(Path::toString).toList());
    }
}
