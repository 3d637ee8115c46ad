package dev.netstack4j.build;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The `///` lines of one source file, kept away from the formatter: it breaks such lines where Markdown must not be
/// broken, and loses the slashes of some. It sees short stand-ins, which [#restore] replaces again.
final class MarkdownComments {
    private static final Pattern LINE = Pattern.compile("(?m)^([ \\t]*)///(.*)$");
    private static final Pattern STAND_IN = Pattern.compile("(?m)^([ \\t]*)/// \\$(\\d+)\\$$");

    private final List<String> texts = new ArrayList<>();

    /// The source with a stand-in for each of its lines of Markdown.
    String hide(String source) {
        return LINE.matcher(source).replaceAll(line -> {
            texts.add(line.group(2).stripTrailing());
            return Matcher.quoteReplacement(line.group(1) + "/// $" + (texts.size() - 1) + "$");
        });
    }

    /// What the formatter made of it, with the Markdown where its stand-ins are now.
    ///
    /// @throws IllegalStateException when a line is missing, so that nothing is lost
    String restore(String formatted) {
        Matcher standIn = STAND_IN.matcher(formatted);
        StringBuilder restored = new StringBuilder();
        int next = 0;
        while (standIn.find()) {
            if (Integer.parseInt(standIn.group(2)) != next) {
                break;
            }
            standIn.appendReplacement(restored, Matcher.quoteReplacement(standIn.group(1) + "///" + texts.get(next++)));
        }
        if (next != texts.size()) {
            throw new IllegalStateException("comment line " + next + " of " + texts.size() + " is lost or moved");
        }
        return standIn.appendTail(restored).toString();
    }
}
