package dev.netstack4j.systemtests.startkit;

import dev.netstack4j.systemtests.assembly.ProjectJars;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/// A project in a folder, compiled and tested in this JVM.
record NewProject(Path folder) {
    private Path classes() {
        return folder.resolve("target/classes");
    }

    private Path testClasses() {
        return folder.resolve("target/test-classes");
    }

    /// Puts files over those of the start kit.
    void overlay(Path from) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path f : files.filter(Files::isRegularFile).toList()) {
                Path to = folder.resolve(from.relativize(f));
                Files.createDirectories(to.getParent());
                Files.copy(f, to, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /// Compiles it as Maven would: the module on the module path, its tests on the class path.
    void compile(ProjectJars project) throws IOException {
        List<String> main = new ArrayList<>(List.of("-p", ProjectJars.path(project.coreAlone())));
        javac(main, "src/main/java", classes());
        copyResources();
        String path = classes() + java.io.File.pathSeparator + System.getProperty("java.class.path");
        javac(new ArrayList<>(List.of("-cp", path)), "src/test/java", testClasses());
    }

    private void javac(List<String> args, String sources, Path out) throws IOException {
        args.addAll(List.of(
                "--release",
                "25",
                "-parameters",
                "-proc:none",
                "-Xlint:all,-requires-automatic,-classfile,-path",
                "-Werror"));
        args.addAll(List.of("-d", out.toString()));
        try (Stream<Path> files = Files.walk(folder.resolve(sources))) {
            files.map(Path::toString).filter(f -> f.endsWith(".java")).sorted().forEach(args::add);
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int result = ToolProvider.getSystemJavaCompiler().run(null, said, said, args.toArray(String[]::new));
        if (result != 0) {
            throw new AssertionError("does not compile: " + said);
        }
    }

    /// With what Maven fills in.
    private void copyResources() throws IOException {
        Path from = folder.resolve("src/main/resources");
        String pom = Files.readString(folder.resolve("pom.xml"));
        String api = pom.replaceAll("(?s).*<netstack4j.api.version>([^<]+)<.*", "$1");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path f : files.filter(Files::isRegularFile).toList()) {
                Path to = classes().resolve(from.relativize(f));
                Files.createDirectories(to.getParent());
                Files.writeString(
                        to,
                        Files.readString(f)
                                .replace("${project.version}", "0.1.0")
                                .replace("${netstack4j.api.version}", api));
            }
        }
    }

    /// Runs its tests.
    TestExecutionSummary test() throws IOException {
        URL[] urls = {url(classes()), url(testClasses())};
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(urls, before)) {
            thread.setContextClassLoader(loader);
            LauncherDiscoveryRequest all = LauncherDiscoveryRequestBuilder.request()
                    .selectors(DiscoverySelectors.selectClasspathRoots(java.util.Set.of(testClasses())))
                    .build();
            SummaryGeneratingListener listener = new SummaryGeneratingListener();
            LauncherFactory.create().execute(all, listener);
            return listener.getSummary();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static URL url(Path folder) throws MalformedURLException {
        return folder.toUri().toURL();
    }
}
