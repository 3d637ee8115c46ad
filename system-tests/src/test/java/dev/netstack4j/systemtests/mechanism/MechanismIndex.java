package dev.netstack4j.systemtests.mechanism;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.netstack4j.api.doc.Mechanism;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Reads `@Mechanism` from the compiled tests of every module.
final class MechanismIndex {
    private final SortedMap<String, SortedSet<String>> testsOfRow = new TreeMap<>(MechanismIndex::byLetterThenNumber);

    private MechanismIndex() {}

    /// All modules below `root`.
    static MechanismIndex of(Path root) throws IOException {
        MechanismIndex index = new MechanismIndex();
        for (JavaClass c : new ClassFileImporter().importPaths(testFolders(root))) {
            index.add(c, c.getFullName());
            for (JavaMethod m : c.getMethods()) {
                index.add(m, c.getFullName() + "#" + m.getName());
            }
        }
        return index;
    }

    /// Folders of compiled tests.
    static List<Path> testFolders(Path root) throws IOException {
        try (Stream<Path> modules = Files.list(root)) {
            return modules.map(m -> m.resolve("target/test-classes"))
                    .filter(Files::isDirectory)
                    .sorted()
                    .toList();
        }
    }

    private void add(HasAnnotations<?> element, String test) {
        for (JavaAnnotation<?> a : element.getAnnotations()) {
            if (a.getRawType().isEquivalentTo(Mechanism.class)) {
                for (String row : (String[]) a.get("value").orElseThrow()) {
                    testsOfRow.computeIfAbsent(row, r -> new TreeSet<>()).add(test);
                }
            }
        }
    }

    /// Tests that carry a row's id, as `class` or `class#method`.
    SortedSet<String> testsOf(String row) {
        return testsOfRow.getOrDefault(row, new TreeSet<>());
    }

    /// All rows with their tests, in the order of the list of mechanisms.
    SortedMap<String, SortedSet<String>> all() {
        return testsOfRow;
    }

    static int byLetterThenNumber(String a, String b) {
        int letters = Character.compare(a.charAt(0), b.charAt(0));
        return letters != 0
                ? letters
                : Integer.compare(Integer.parseInt(a.substring(1)), Integer.parseInt(b.substring(1)));
    }
}
