package dev.netstack4j.systemtests.requirements;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.netstack4j.systemtests.requirements.ProofIndex.Proof;
import dev.netstack4j.systemtests.requirements.RequirementList.Document;
import dev.netstack4j.systemtests.requirements.RequirementList.Remark;
import dev.netstack4j.systemtests.requirements.RequirementList.Requirement;
import dev.netstack4j.systemtests.requirements.RequirementPage.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every requirement of the list of TCP's RFCs has a test or a reason, and the page that says so is of today.
class TcpRequirementsTest {
    private static final String WRITE = "requirements.write";
    private static final String COMMAND = "mvn test -pl system-tests -am -Dtest=TcpRequirementsTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -D" + WRITE;
    private static final String HEAD = """
            # What TCP's RFCs require, and what shows it

            Made by `TcpRequirementsTest` from [the list](../system-tests/src/test/resources/requirements/tcp.txt), from `@Proves` on
            tests and from `proves` in [packet scripts](packet-scripts.md); it fails when this page is not of today, and this writes it anew:
            ```
            %s
            ```
            The words are ours and short; the RFCs say it in full. A MUST that Linux breaks too is not broken here.
            """.formatted(COMMAND);
    private static final Path ROOT = Path.of(System.getProperty("basedir", "system-tests"))
            .toAbsolutePath()
            .getParent();

    private static List<Document> documents;
    private static ProofIndex proofs;

    @BeforeAll
    static void read() throws IOException {
        documents = RequirementList.read(ROOT.resolve("system-tests/src/test/resources/requirements/tcp.txt"));
        proofs = ProofIndex.of(ROOT);
    }

    private static Stream<Requirement> all() {
        return documents.stream().flatMap(d -> d.requirements().stream());
    }

    @Test
    void noRequirementIsOpen() {
        assertEquals(
                List.of(),
                all().filter(r -> RequirementPage.standing(r, proofs) == Standing.OPEN)
                        .map(Requirement::id)
                        .toList(),
                "nothing proves these, and no reason is given");
    }

    @Test
    void everyMustIsProvedOrDoesNotApply() {
        assertEquals(
                List.of(),
                all().filter(Requirement::isMust)
                        .filter(r -> r.remark() == Remark.DEVIATION)
                        .map(Requirement::id)
                        .toList(),
                "a MUST is not a matter of choice");
    }

    @Test
    void everyIdThatATestNamesIsInTheListAndApplies() {
        Set<String> unknown = new TreeSet<>(proofs.all().keySet());
        all().filter(r -> r.remark() != Remark.INAPPLICABLE).forEach(r -> unknown.remove(r.id()));
        assertEquals(Set.of(), unknown);
    }

    @Test
    void everyIdIsThereOnce() {
        Set<String> seen = new TreeSet<>();
        assertEquals(
                List.of(),
                all().map(Requirement::id).filter(id -> !seen.add(id)).toList());
    }

    @Test
    void whatProvesIsRunByJUnit() {
        assertEquals(
                Set.of(),
                proofs.all().values().stream()
                        .flatMap(Set::stream)
                        .filter(p -> !p.runs())
                        .map(Proof::name)
                        .collect(Collectors.toSet()));
    }

    @Test
    void thePageIsOfToday() throws IOException {
        Path page = ROOT.resolve("docs/tcp-requirements.md");
        String today = new RequirementPage(documents, proofs).text(HEAD);
        if (System.getProperty(WRITE) != null) {
            Files.writeString(page, today);
        }
        assertEquals(today, Files.exists(page) ? Files.readString(page) : "", "write it anew: " + COMMAND);
    }

    @Test
    void aLineThatIsNoneIsRefused(@TempDir Path folder) throws IOException {
        for (String line : List.of(
                "A | 1 | MUST",
                "A | 1 | MAY | words",
                "A | 1 | MUST | words | because",
                "A | 1 | MUST | words | note: no")) {
            Path file = Files.writeString(folder.resolve("list.txt"), "rfc 1 title\n" + line + "\n");
            assertThrows(IllegalArgumentException.class, () -> RequirementList.read(file), line);
        }
    }
}
