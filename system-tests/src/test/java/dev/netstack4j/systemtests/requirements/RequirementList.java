package dev.netstack4j.systemtests.requirements;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Reads a list of requirements: a line for each RFC, and below it one for each requirement. The form is described at
/// the top of `requirements/tcp.txt`.
final class RequirementList {
    private static final Pattern BAR = Pattern.compile(" \\| ");
    private static final List<String> LEVELS = List.of("MUST", "MUST NOT", "SHOULD", "SHOULD NOT");
    private static final int LEAST_REASON = 10;

    private RequirementList() {}

    /// An RFC and its requirements, in the order of the list.
    record Document(String number, String title, List<Requirement> requirements) {}

    /// What a remark says.
    enum Remark {
        /// There is none.
        NONE,
        /// More about what is proved.
        NOTE,
        /// The requirement does not apply.
        INAPPLICABLE,
        /// Something else is done.
        DEVIATION
    }

    /// @param id     for example `RFC6298-2.2`
    /// @param words  what is required, after its level
    /// @param reason the text of the remark
    record Requirement(String id, String section, String level, String words, Remark remark, String reason) {
        boolean isMust() {
            return level.startsWith("MUST");
        }
    }

    /// @throws IllegalArgumentException when a line has not the form
    static List<Document> read(Path file) throws IOException {
        List<Document> all = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("rfc ")) {
                String[] head = line.split(" ", 3);
                all.add(new Document(head[1], head[2], new ArrayList<>()));
            } else if (!line.isBlank() && line.charAt(0) != '#') {
                Document last = all.getLast();
                last.requirements().add(requirement(last.number(), line));
            }
        }
        return all;
    }

    private static Requirement requirement(String rfc, String line) {
        String[] cells = BAR.split(line, 5);
        if (cells.length < 4 || !LEVELS.contains(cells[2])) {
            throw new IllegalArgumentException("id | section | level | words [| remark] is not: " + line);
        }
        Remark remark = Remark.NONE;
        String reason = "";
        if (cells.length == 5) {
            remark = remark(cells[4]);
            reason = cells[4].substring(cells[4].indexOf(':') + 1).strip();
            if (reason.length() < LEAST_REASON) {
                throw new IllegalArgumentException("a remark must say why: " + line);
            }
        }
        return new Requirement("RFC" + rfc + "-" + cells[0], cells[1], cells[2], cells[3], remark, reason);
    }

    private static Remark remark(String cell) {
        return switch (cell.substring(0, Math.max(0, cell.indexOf(':')))) {
            case "note" -> Remark.NOTE;
            case "none" -> Remark.INAPPLICABLE;
            case "other" -> Remark.DEVIATION;
            default -> throw new IllegalArgumentException("a remark begins with note:, none: or other: " + cell);
        };
    }
}
