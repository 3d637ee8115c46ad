package dev.netstack4j.systemtests.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Surefire passes over a class of another name without a word.
class TestNamesTest {
    private static final Pattern HAS_TESTS =
            Pattern.compile("(?m)^\\s*@(Test|ParameterizedTest|RepeatedTest|TestFactory|ArchTest|AnalyzeClasses)\\b");
    private static final Pattern IS_INTERFACE = Pattern.compile("(?m)^(public )?interface ");

    @Test
    void everyClassWithTestsIsNamedSoThatItRuns() throws Exception {
        int seen = 0;
        List<Path> passedOver = new ArrayList<>();
        for (ProjectModule module : ProjectModule.all()) {
            for (Path file : testSources(ProjectModule.root().resolve(module.folder()))) {
                if (HAS_TESTS.matcher(Files.readString(file)).find()) {
                    seen++;
                    if (!isAbstract(file) && !file.toString().endsWith("Test.java")) {
                        passedOver.add(file);
                    }
                }
            }
        }
        assertEquals(List.of(), passedOver);
        assertTrue(seen > 1, "only " + seen + " files with tests were seen");
    }

    private static boolean isAbstract(Path file) throws IOException {
        String source = Files.readString(file);
        return source.contains("abstract class ")
                || IS_INTERFACE.matcher(source).find();
    }

    private static List<Path> testSources(Path module) throws IOException {
        Path sources = module.resolve("src/test/java");
        if (!Files.isDirectory(sources)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
