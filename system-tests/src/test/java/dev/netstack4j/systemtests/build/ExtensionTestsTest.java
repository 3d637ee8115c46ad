package dev.netstack4j.systemtests.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every extension here applies the architecture rules that third parties apply.
class ExtensionTestsTest {
    @Test
    void everyExtensionAppliesTheArchitectureRules() throws Exception {
        List<String> without = new ArrayList<>();
        int seen = 0;
        for (ProjectModule module : ProjectModule.all()) {
            Path folder = ProjectModule.root().resolve(module.folder());
            if (module.isExtension() && Files.isDirectory(folder.resolve("src/main/java"))) {
                seen++;
                if (!hasTest(folder, "extends ExtensionArchitectureTest")) {
                    without.add(module.folder());
                }
            }
        }
        assertEquals(List.of(), without);
        assertTrue(seen >= 9, "only " + seen + " extensions were seen");
    }

    private static boolean hasTest(Path module, String words) throws IOException {
        Path tests = module.resolve("src/test/java");
        if (!Files.isDirectory(tests)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(tests)) {
            for (Path f : files.filter(p -> p.toString().endsWith("Test.java")).toList()) {
                if (Files.readString(f).contains(words)) {
                    return true;
                }
            }
        }
        return false;
    }
}
