package dev.netstack4j.build;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Fills anew each paragraph of a `///` comment that has a line beyond column 120. Code, tables and headings stay as
/// they are, and so does every paragraph that fits.
final class CommentFill {
    private static final int COLUMNS = 120;
    private static final Pattern LINE = Pattern.compile("(\\s*)/// ?(.*)");
    private static final Pattern FENCE = Pattern.compile("\\s*```.*");
    private static final Pattern FIXED = Pattern.compile("\\s*|\\s*[|#>].*| {4}.*");
    private static final Pattern ITEM = Pattern.compile("(\\s*)([-*+] |\\d+[.)] |@\\w+ ).*");

    private final List<String> lines;
    private final List<String> filled = new ArrayList<>();
    private boolean inCode;

    private CommentFill(String source) {
        lines = List.of(source.split("\n", -1));
    }

    static String fill(String source) {
        return new CommentFill(source).run();
    }

    private String run() {
        int at = 0;
        while (at < lines.size()) {
            Matcher first = LINE.matcher(lines.get(at));
            boolean text = startsText(first);
            List<String> part = lines.subList(at, text ? endOfParagraph(at, first) : at + 1);
            if (text && part.stream().anyMatch(line -> line.length() > COLUMNS)) {
                refill(part, first);
            } else {
                filled.addAll(part);
            }
            at += part.size();
        }
        return String.join("\n", filled);
    }

    /// Keeps account of code as it goes.
    private boolean startsText(Matcher line) {
        if (!line.matches()) {
            inCode = false;
            return false;
        }
        if (FENCE.matcher(line.group(2)).matches()) {
            inCode = !inCode;
            return false;
        }
        return !inCode && !FIXED.matcher(line.group(2)).matches();
    }

    private int endOfParagraph(int at, Matcher first) {
        boolean item = ITEM.matcher(first.group(2)).matches();
        int end = at + 1;
        while (end < lines.size() && continues(lines.get(end), first.group(1), item)) {
            end++;
        }
        return end;
    }

    private static boolean continues(String line, String indent, boolean item) {
        Matcher next = LINE.matcher(line);
        if (!next.matches() || !next.group(1).equals(indent)) {
            return false;
        }
        String text = item ? next.group(2).stripLeading() : next.group(2);
        return !FENCE.matcher(text).matches()
                && !FIXED.matcher(text).matches()
                && !ITEM.matcher(text).matches();
    }

    private void refill(List<String> paragraph, Matcher first) {
        String prefix = first.group(1) + "/// ";
        String hanging = prefix + " ".repeat(hang(paragraph, first.group(2)));
        List<String> words = words(paragraph);
        StringBuilder line =
                new StringBuilder(prefix).append(leadingBlanks(first.group(2))).append(words.getFirst());
        for (String word : words.subList(1, words.size())) {
            if (line.length() + 1 + word.length() <= COLUMNS) {
                line.append(' ').append(word);
            } else {
                filled.add(line.toString());
                line = new StringBuilder(hanging).append(word);
            }
        }
        filled.add(line.toString());
    }

    private static List<String> words(List<String> paragraph) {
        List<String> words = new ArrayList<>();
        for (String line : paragraph) {
            Matcher text = LINE.matcher(line);
            if (text.matches()) {
                words.addAll(List.of(text.group(2).strip().split("\\s+", -1)));
            }
        }
        return words;
    }

    /// By how much the further lines stand in: as they do already, else under the item's text, or by four after a tag.
    private static int hang(List<String> paragraph, String first) {
        Matcher item = ITEM.matcher(first);
        if (!item.matches()) {
            return leadingBlanks(first).length();
        }
        if (paragraph.size() > 1) {
            Matcher second = LINE.matcher(paragraph.get(1));
            return second.matches() ? leadingBlanks(second.group(2)).length() : 0;
        }
        boolean tag = item.group(2).startsWith("@");
        return item.group(1).length() + (tag ? 4 : item.group(2).length());
    }

    private static String leadingBlanks(String text) {
        return text.substring(0, text.length() - text.stripLeading().length());
    }
}
