package dev.netstack4j.cli.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A trace that was recorded.
///
/// @param chip  the device
/// @param bus   kind of its bus
/// @param lines events, in their order
public record TraceFile(String chip, String bus, List<TraceLine> lines) {
    private static final String HEAD = "# netstack4j register trace 1";
    private static final Pattern CHIP = Pattern.compile("# chip (\\S+) bus (\\S+) .*");

    /// Reads one.
    ///
    /// @throws IOException when it is no trace
    public static TraceFile read(Path file) throws IOException {
        List<String> text = Files.readAllLines(file);
        if (text.size() < 2) {
            throw noTrace(file);
        }
        Matcher head = CHIP.matcher(text.get(1));
        if (!text.getFirst().equals(HEAD) || !head.matches()) {
            throw noTrace(file);
        }
        List<TraceLine> lines = new ArrayList<>();
        for (int i = 0; i < text.size(); i++) {
            if (!text.get(i).startsWith("#") && !text.get(i).isBlank()) {
                lines.add(parse(file, i + 1, text.get(i)));
            }
        }
        return new TraceFile(head.group(1), head.group(2), lines);
    }

    private static IOException noTrace(Path file) {
        return new IOException("'" + file + "' is no register trace; one begins with '" + HEAD + "'.");
    }

    private static TraceLine parse(Path file, int number, String text) throws IOException {
        try {
            return TraceLine.parse(number, text);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage());
        }
    }
}
