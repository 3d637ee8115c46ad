package dev.netstack4j.testkit.script.text;

import dev.netstack4j.testkit.script.ScriptSyntaxException;
import dev.netstack4j.testkit.script.model.Place;
import java.util.ArrayList;
import java.util.List;

/// The tokens of a script, and a position among them. A line that ends within parentheses goes on in the next one.
final class Tokens {
    private static final String SIGNS = "/,()<>{}=|?";

    private final String name;
    private final String text;
    private final List<Token> list = new ArrayList<>();
    private int at;
    private int line = 1;
    private int lineStart;
    private int depth;
    private int next;

    Tokens(String name, String text) {
        this.name = name;
        this.text = text;
        while (at < text.length()) {
            read();
        }
        add(Token.Kind.LINE_END, "", at);
        add(Token.Kind.FILE_END, "", at);
    }

    // ---- reading

    private void read() {
        char c = text.charAt(at);
        if (c == '\n') {
            if (depth == 0) {
                add(Token.Kind.LINE_END, "", at);
            }
            at++;
            line++;
            lineStart = at;
        } else if (c == ' ' || c == '\t' || c == '\r') {
            at++;
        } else if (c == '#') {
            int end = text.indexOf('\n', at);
            at = end < 0 ? text.length() : end;
        } else if (c == '"') {
            quoted();
        } else if (SIGNS.indexOf(c) >= 0) {
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            add(Token.Kind.SIGN, String.valueOf(c), at++);
        } else {
            word(c);
        }
    }

    private void quoted() {
        int end = text.indexOf('"', at + 1);
        int lineEnd = text.indexOf('\n', at);
        if (end < 0 || lineEnd >= 0 && lineEnd < end) {
            throw error(place(at), "the text that begins here has no closing quote in its line.");
        }
        add(Token.Kind.TEXT, text.substring(at + 1, end), at);
        at = end + 1;
    }

    private void word(char first) {
        int start = at;
        while (at < text.length() && isWordPart(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw error(place(at), "the character '" + first + "' has no meaning here.");
        }
        add(Token.Kind.WORD, text.substring(start, at), start);
    }

    private static boolean isWordPart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "_.:*+~-".indexOf(c) >= 0;
    }

    private void add(Token.Kind kind, String what, int where) {
        list.add(new Token(kind, what, place(where)));
    }

    private Place place(int where) {
        return new Place(line, where - lineStart + 1);
    }

    // ---- the position

    Token peek() {
        return list.get(next);
    }

    Token peekSecond() {
        return list.get(Math.min(next + 1, list.size() - 1));
    }

    Token take() {
        Token t = list.get(next);
        if (t.kind() != Token.Kind.FILE_END) {
            next++;
        }
        return t;
    }

    boolean takeSign(String sign) {
        if (peek().isSign(sign)) {
            next++;
            return true;
        }
        return false;
    }

    boolean takeWord(String word) {
        if (peek().isWord(word)) {
            next++;
            return true;
        }
        return false;
    }

    void needSign(String sign) {
        if (!takeSign(sign)) {
            throw expected("\"" + sign + "\"");
        }
    }

    Token needWord(String what) {
        if (peek().kind() != Token.Kind.WORD) {
            throw expected(what);
        }
        return take();
    }

    String needText(String what) {
        if (peek().kind() != Token.Kind.TEXT) {
            throw expected(what);
        }
        return take().text();
    }

    void needLineEnd() {
        if (!peek().endsLine()) {
            throw expected("the end of the line");
        }
        take();
    }

    void skipEmptyLines() {
        while (peek().kind() == Token.Kind.LINE_END) {
            next++;
        }
    }

    // ---- errors

    ScriptSyntaxException expected(String what) {
        return error(peek().place(), "here " + peek().shown() + ", but " + what + " is expected.");
    }

    ScriptSyntaxException error(Place place, String sentence) {
        return new ScriptSyntaxException(name, place.line(), place.column(), sentence);
    }
}
