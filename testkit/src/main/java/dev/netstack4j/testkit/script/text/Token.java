package dev.netstack4j.testkit.script.text;

import dev.netstack4j.testkit.script.model.Place;

/// A piece of a script.
///
/// @param kind  what it is
/// @param text  as written, without quotes
/// @param place where it stands
record Token(Kind kind, String text, Place place) {
    enum Kind {
        WORD,
        TEXT,
        SIGN,
        LINE_END,
        FILE_END
    }

    boolean isSign(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    boolean endsLine() {
        return kind == Kind.LINE_END || kind == Kind.FILE_END;
    }

    /// For messages.
    String shown() {
        return switch (kind) {
            case LINE_END -> "the line ends";
            case FILE_END -> "the script ends";
            default -> "\"" + text + "\" stands";
        };
    }
}
