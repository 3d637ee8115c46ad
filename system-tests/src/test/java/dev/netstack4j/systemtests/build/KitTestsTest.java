package dev.netstack4j.systemtests.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.testkit.kit.ConformanceTest;
import dev.netstack4j.testkit.rules.KitTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Everything that the modules here contribute is judged by the kit of its plug point: in the module's own tests, or
/// here, where tests see several modules.
class KitTestsTest {
    @Test
    void everyContributionHasAKitTest() throws Exception {
        List<String> tests = sources();
        List<String> without = new ArrayList<>();
        int seen = 0;
        for (StackModule module : ServiceLoader.load(StackModule.class)) {
            Map<Class<? extends ConformanceTest<?>>, Set<Class<?>>> wanted = KitTests.wanted(module);
            seen += wanted.values().stream().mapToInt(Set::size).sum();
            wanted.forEach((kit, implementations) -> {
                long there = tests.stream()
                        .filter(t -> t.contains("extends " + kit.getSimpleName() + " ")
                                && t.contains("new " + module.getClass().getSimpleName() + "()"))
                        .count();
                if (there < implementations.size()) {
                    without.add(module.name() + ": " + there + " tests extend " + kit.getSimpleName() + ", for "
                            + implementations);
                }
            });
        }
        assertEquals(List.of(), without);
        assertTrue(seen >= 18, "only " + seen + " contributions were seen");
    }

    private static List<String> sources() throws Exception {
        List<String> all = new ArrayList<>();
        for (ProjectModule module : ProjectModule.all()) {
            Path tests = ProjectModule.root().resolve(module.folder()).resolve("src/test/java");
            if (Files.isDirectory(tests)) {
                read(tests, all);
            }
        }
        return all;
    }

    private static void read(Path tests, List<String> into) throws IOException {
        try (Stream<Path> files = Files.walk(tests)) {
            for (Path f : files.filter(p -> p.toString().endsWith("ConformanceTest.java"))
                    .toList()) {
                into.add(Files.readString(f));
            }
        }
    }
}
