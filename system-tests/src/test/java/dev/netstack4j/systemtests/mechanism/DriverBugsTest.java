package dev.netstack4j.systemtests.mechanism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.systemtests.support.MutantJvm;
import dev.netstack4j.testkit.requires.Requires;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bugs as people make them in drivers, planted one at a time; the driver suite must notice each on one bus at least.
/// The table of what noticed which is printed, and kept as `target/driver-bugs.md`.
@Tag("nightly")
@Requires(programs = "qemu-system-x86_64")
class DriverBugsTest {
    static final String FOLDER = "driver-bugs";

    private static final String SUITE = "dev.netstack4j.systemtests.drivers.";
    private static final Map<String, String> CLASSES = Map.of("igb", "Igb", "e1000", "E1000");

    @Test
    void theSuiteNoticesEachOnOneBusAtLeastAndMostOnBoth(@TempDir Path folder) throws Exception {
        List<String> survivors = new ArrayList<>();
        List<String> table = new ArrayList<>();
        table.add("| driver | bug | on our model | on QEMU's |");
        table.add("|---|---|---|---|");
        List<Mutation> bugs = Mutation.in(FOLDER);
        int both = 0;
        for (Mutation bug : bugs) {
            MutantJvm jvm = new MutantJvm(Mutation.root(), Files.createDirectory(folder.resolve("bug" + table.size())));
            jvm.compile(bug.file(), bug.mutatedSource(), bug.toString());
            String ours = noticedBy(bug, "Emulated", jvm);
            String qemus = noticedBy(bug, "Qemu", jvm);
            String line = "| " + bug.row() + " | " + bug.name() + " | " + ours + " | " + qemus + " |";
            table.add(line);
            System.out.println(line);
            both += ours.equals("-") || qemus.equals("-") ? 0 : 1;
            if (ours.equals("-") && qemus.equals("-")) {
                survivors.add(bug.toString());
            }
        }
        table.add(String.format(Locale.ROOT, "%nNoticed on both: %d of %d.", both, bugs.size()));
        System.out.println(table.getLast());
        Files.write(
                Files.createDirectories(Mutation.root().resolve("system-tests/target"))
                        .resolve("driver-bugs.md"),
                table);
        assertEquals(List.of(), survivors, "nobody notices these");
        assertTrue(both * 2 > bugs.size(), both + " of " + bugs.size() + " are noticed on both");
    }

    /// The test that failed first, or `-`.
    private static String noticedBy(Mutation bug, String bus, MutantJvm jvm) throws Exception {
        String suite = SUITE + CLASSES.get(bug.row()) + bus + "Test";
        int status = jvm.run(List.of(), RowRunner.class, List.of(RowRunner.FIRST, suite));
        if (status == 0) {
            return "-";
        }
        assertTrue(status != 2, () -> suite + " does not run");
        return status == 1 ? firstFailure(jvm.output()) : "the suite hangs";
    }

    private static String firstFailure(String output) {
        return output.lines()
                .filter(l -> l.startsWith("FAILED "))
                .map(l -> l.substring("FAILED ".length()).split("[(:]")[0])
                .findFirst()
                .orElse("yes");
    }
}
