package dev.netstack4j.systemtests.mechanism;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Prints which test proves which mechanism, and fails when one that the foundation names has none.
class MechanismReportTest {
    /// First and last number of each letter that the foundation names, and what of it is not claimed.
    private static final List<Range> CLAIMED = List.of(
            new Range('A', 1, 18),
            new Range('B', 1, 18),
            new Range('D', 8, 10),
            new Range('D', 16, 17),
            new Range('D', 21, 21),
            new Range('E', 1, 16),
            new Range('F', 1, 18),
            new Range('G', 2, 8),
            new Range('G', 11, 11),
            new Range('G', 17, 17),
            new Range('H', 1, 11),
            new Range('I', 1, 21));

    /// Rows inside those ranges that no test proves; README names them too.
    private static final Set<String> OPEN = Set.of();

    private record Range(char letter, int first, int last) {}

    @Test
    void everyMechanismThatTheFoundationNamesHasATest() throws Exception {
        MechanismIndex index = MechanismIndex.of(Mutation.root());
        StringBuilder report = new StringBuilder("| mechanism | proved by |\n|---|---|\n");
        index.all()
                .forEach((row, tests) -> report.append("| ")
                        .append(row)
                        .append(" | ")
                        .append(String.join("<br>", tests))
                        .append(" |\n"));
        Path target = Mutation.root().resolve("system-tests/target/mechanisms.md");
        Files.writeString(target, report);
        System.out.println(index.all().size() + " mechanisms have a test; the list is in "
                + Mutation.root().relativize(target));
        List<String> missing = new ArrayList<>();
        for (Range r : CLAIMED) {
            for (int n = r.first; n <= r.last; n++) {
                String row = "" + r.letter + n;
                if (index.testsOf(row).isEmpty() && !OPEN.contains(row)) {
                    missing.add(row);
                }
            }
        }
        assertEquals(List.of(), missing, "mechanisms without a test");
    }
}
