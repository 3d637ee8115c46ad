package dev.netstack4j.systemtests.requirements;

import dev.netstack4j.systemtests.requirements.ProofIndex.Proof;
import dev.netstack4j.systemtests.requirements.RequirementList.Document;
import dev.netstack4j.systemtests.requirements.RequirementList.Remark;
import dev.netstack4j.systemtests.requirements.RequirementList.Requirement;
import java.util.Arrays;
import java.util.List;

/// Writes the page of requirements, a table for each RFC.
final class RequirementPage {
    private final List<Document> documents;
    private final ProofIndex proofs;
    private final StringBuilder out = new StringBuilder();

    RequirementPage(List<Document> documents, ProofIndex proofs) {
        this.documents = documents;
        this.proofs = proofs;
    }

    /// What a requirement counts as.
    enum Standing {
        /// A test proves it.
        PROVED("proved"),
        /// It does not apply, and the list says why.
        INAPPLICABLE("does not apply"),
        /// Something else is done, and the list says why.
        DEVIATION("not followed"),
        /// Nothing is said.
        OPEN("open");

        private final String words;

        Standing(String words) {
            this.words = words;
        }
    }

    static Standing standing(Requirement r, ProofIndex proofs) {
        return switch (r.remark()) {
            case INAPPLICABLE -> Standing.INAPPLICABLE;
            case DEVIATION -> Standing.DEVIATION;
            case NOTE, NONE -> proofs.of(r.id()).isEmpty() ? Standing.OPEN : Standing.PROVED;
        };
    }

    /// The whole page.
    String text(String head) {
        out.append(head).append('\n');
        counts();
        for (Document d : documents) {
            out.append("\n## RFC ").append(d.number()).append(": ").append(d.title());
            out.append("\n| id | section | | requirement | shown by |\n|---|---|---|---|---|\n");
            d.requirements().forEach(this::row);
        }
        return out.toString();
    }

    // ---- the counts

    private void counts() {
        out.append("| RFC | level |");
        Arrays.stream(Standing.values())
                .forEach(s -> out.append(' ').append(s.words).append(" |"));
        out.append("\n|---|---|")
                .append("---|".repeat(Standing.values().length))
                .append('\n');
        for (Document d : documents) {
            count(d, true);
            count(d, false);
        }
    }

    private void count(Document d, boolean must) {
        List<Requirement> these =
                d.requirements().stream().filter(r -> r.isMust() == must).toList();
        out.append("| ").append(d.number()).append(must ? " | MUST |" : " | SHOULD |");
        for (Standing s : Standing.values()) {
            long n = these.stream().filter(r -> standing(r, proofs) == s).count();
            out.append(' ').append(n).append(" |");
        }
        out.append('\n');
    }

    // ---- the rows

    private void row(Requirement r) {
        out.append("| ").append(r.id()).append(" | ").append(r.section()).append(" | ");
        out.append(r.level()).append(" | ").append(r.words()).append(" | ");
        String between = "";
        for (Proof p : proofs.of(r.id())) {
            out.append(between).append('[').append(p.name()).append("](../");
            out.append(p.file().toString().replace('\\', '/')).append(')');
            between = ", ";
        }
        if (r.remark() != Remark.NONE) {
            out.append(between.isEmpty() ? "" : "; ").append(lead(r.remark())).append(r.reason());
        }
        out.append(" |\n");
    }

    private static String lead(Remark remark) {
        return switch (remark) {
            case INAPPLICABLE -> "*does not apply*: ";
            case DEVIATION -> "*not followed*: ";
            case NOTE, NONE -> "";
        };
    }
}
