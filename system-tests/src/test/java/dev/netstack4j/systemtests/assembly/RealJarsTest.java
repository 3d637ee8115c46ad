package dev.netstack4j.systemtests.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Somebody else's modules, compiled here and now, join stacks in JVMs of their own: as jars on the module path, on the
/// class path and in a layer made at run time. All their classes but the one that `ServiceLoader` wants are
/// package-private, and nothing is exported or opened.
class RealJarsTest {
    private static final String HOLD = "com.example.hold";
    private static final String HOLD_PROVIDER = "com.example.hold.HoldModule";
    private static final String HOLD_NAME = "example-hold-jar";

    @TempDir
    private static Path work;

    private static ProjectJars project;
    private static Path app;
    private static Path hold;

    @BeforeAll
    static void makeJars() throws IOException {
        project = new ProjectJars(work);
        app = project.extension("com.example.app", "", "", "1", "0.1");
        hold = project.extension(HOLD, HOLD_PROVIDER, HOLD_NAME, "2.0", "0.1");
    }

    private static List<String> java(String... args) throws Exception {
        return OtherJvm.run(work, args);
    }

    private static String path(Path... more) {
        List<Path> all = new ArrayList<>(project.modulePath());
        all.add(app);
        all.addAll(List.of(more));
        return ProjectJars.path(all);
    }

    private static List<String> onModulePath(List<String> args, Path... more) throws Exception {
        List<String> all = new ArrayList<>(List.of("-p", path(more), "-m", "com.example.app/com.example.app.Boot"));
        all.addAll(args);
        return java(all.toArray(String[]::new));
    }

    private static List<String> onClassPath(Path... more) throws Exception {
        return java("-cp", path(more), "com.example.app.Boot", "loader");
    }

    private static void works(List<String> said, boolean named) {
        assertTrue(said.contains("RECEIVED hello"), said::toString);
        assertTrue(said.contains("QDISC example"), said::toString);
        assertTrue(said.contains("MODULE " + HOLD_NAME + " 2.0"), said::toString);
        assertTrue(said.contains("NAMED " + named), said::toString);
    }

    /// The sentences that the JVM printed instead of running.
    private static List<String> problems(List<String> said) {
        List<String> found = said.stream().filter(l -> l.startsWith("PROBLEM ")).toList();
        assertTrue(!found.isEmpty(), said::toString);
        assertTrue(said.stream().noneMatch(l -> l.startsWith("RECEIVED")), said::toString);
        return found;
    }

    private static void tells(List<String> problems, String... parts) {
        assertTrue(
                problems.stream().anyMatch(p -> Stream.of(parts).allMatch(p::contains)),
                () -> "nothing tells " + List.of(parts) + ": " + problems);
    }

    @Test
    void anExtensionJoinsOnTheModulePathThroughTheBootLayer() throws Exception {
        works(onModulePath(List.of("boot"), hold), true);
    }

    @Test
    void anExtensionJoinsOnTheModulePathThroughTheClassLoader() throws Exception {
        works(onModulePath(List.of("loader"), hold), true);
    }

    @Test
    void anExtensionJoinsOnTheClassPath() throws Exception {
        works(onClassPath(hold), false);
    }

    @Test
    void anExtensionJoinsInALayerThatIsMadeAtRunTime() throws Exception {
        works(onModulePath(List.of("layer", hold.toString(), HOLD)), true);
    }

    @Test
    void twoCopiesOnTheClassPathAreBothNamed() throws Exception {
        Path other = project.extension(HOLD, HOLD_PROVIDER, HOLD_NAME, "2.1", "0.1");
        tells(problems(onClassPath(hold, other)), HOLD_NAME, hold.toString(), other.toString());
    }

    @Test
    void aCopyInALayerBesideOneInTheBootLayerIsNamedWithIt() throws Exception {
        Path other = project.extension(HOLD, HOLD_PROVIDER, HOLD_NAME, "2.1", "0.1");
        List<String> said = onModulePath(List.of("layer", other.toString(), HOLD), hold);
        tells(problems(said), HOLD_NAME, hold.toString(), other.toString());
    }

    @Test
    void aModuleBuiltForANewerApiIsRefusedWithBothVersions() throws Exception {
        Path newer = project.extension(HOLD, HOLD_PROVIDER, HOLD_NAME, "3.0", "0.9");
        tells(problems(onModulePath(List.of("boot"), newer)), HOLD_NAME + " 3.0", "0.9", "0.2");
        tells(problems(onClassPath(newer)), HOLD_NAME + " 3.0", "0.9", "0.2");
    }

    @Test
    void aSecondOwnerOfAnEtherTypeIsRefusedAndBothOwnersAreNamedWithVersions() throws Exception {
        Path rival =
                project.extension("com.example.rival", "com.example.rival.RivalModule", "example-rival", "7.3", "0.1");
        tells(problems(onModulePath(List.of("boot"), rival)), "proto-ipv4 0.1.0", "example-rival 7.3", "0x0800");
        tells(problems(onClassPath(rival)), "proto-ipv4 0.1.0", "example-rival 7.3", "0x0800");
    }

    @Test
    void everyModuleProvidesTheSameOnTheModulePathAndOnTheClassPath() throws Exception {
        assertTrue(project.jars().size() >= 10, project.jars()::toString);
        for (Path jar : project.jars().values()) {
            assertEquals(byDescriptor(jar), byServiceFiles(jar), jar.toString());
        }
    }

    private static Map<String, TreeSet<String>> byDescriptor(Path jar) {
        Map<String, TreeSet<String>> all = new TreeMap<>();
        ModuleDescriptor d = ModuleFinder.of(jar).findAll().iterator().next().descriptor();
        d.provides().forEach(p -> all.put(p.service(), new TreeSet<>(p.providers())));
        return all;
    }

    private static Map<String, TreeSet<String>> byServiceFiles(Path jar) throws IOException {
        Map<String, TreeSet<String>> all = new TreeMap<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (var e : (Iterable<java.util.jar.JarEntry>) file.stream()::iterator) {
                if (e.getName().startsWith("META-INF/services/") && !e.isDirectory()) {
                    String text =
                            new String(file.getInputStream(e).readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
                    all.put(
                            e.getName().substring("META-INF/services/".length()),
                            new TreeSet<>(text.lines()
                                    .map(l -> l.replaceAll("#.*", "").strip())
                                    .filter(l -> !l.isEmpty())
                                    .toList()));
                }
            }
        }
        return all;
    }
}
