package dev.netstack4j.systemtests.mechanism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.systemtests.support.MutantJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Breaks one mechanism at a time and runs the tests that carry its id: at least one must fail. A test JVM of its own a
/// mutant, bounded in time.
class MutationTest {
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
        MutantJvm whole = new MutantJvm(Mutation.root(), Files.createDirectory(folder.resolve("whole")));
        assertEquals(
                0,
                whole.run(List.of(), RowRunner.class, tests),
                "the tests of " + mutation.row() + " fail without any mutation");
        MutantJvm broken = new MutantJvm(Mutation.root(), Files.createDirectory(folder.resolve("broken")));
        broken.compile(mutation.file(), mutation.mutatedSource(), mutation.toString());
        assertTrue(
                broken.run(List.of(), RowRunner.class, tests) != 0,
                () -> mutation + " survived: none of " + tests + " failed");
    }
}
