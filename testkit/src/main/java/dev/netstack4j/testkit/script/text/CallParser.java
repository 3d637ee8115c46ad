package dev.netstack4j.testkit.script.text;

import dev.netstack4j.testkit.script.model.Call;
import dev.netstack4j.testkit.script.model.Call.Arg;
import dev.netstack4j.testkit.script.model.Call.Form;
import dev.netstack4j.testkit.script.model.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads a call: `[NAME =] CALL(ARGUMENT, ...) [= RESULT] [gives VALUE] [from ADDRESS]`.
final class CallParser {
    /// Calls, and how many arguments each takes at least and at most.
    private static final Map<String, int[]> CALLS = new TreeMap<>(Map.ofEntries(
            Map.entry("socket", new int[] {1, 3}),
            Map.entry("bind", new int[] {2, 2}),
            Map.entry("listen", new int[] {2, 2}),
            Map.entry("accept", new int[] {1, 1}),
            Map.entry("connect", new int[] {2, 2}),
            Map.entry("send", new int[] {2, 3}),
            Map.entry("sendto", new int[] {3, 4}),
            Map.entry("recv", new int[] {2, 3}),
            Map.entry("recvfrom", new int[] {2, 3}),
            Map.entry("shutdown", new int[] {2, 2}),
            Map.entry("close", new int[] {1, 1}),
            Map.entry("setsockopt", new int[] {3, 4}),
            Map.entry("getsockopt", new int[] {2, 3}),
            Map.entry("getsockname", new int[] {1, 1}),
            Map.entry("getpeername", new int[] {1, 1}),
            Map.entry("poll", new int[] {2, 3}),
            Map.entry("fcntl", new int[] {3, 3}),
            Map.entry("ioctl", new int[] {2, 2}),
            Map.entry("dup", new int[] {1, 1})));

    private final Tokens tokens;

    CallParser(Tokens tokens) {
        this.tokens = tokens;
    }

    Call call() {
        Token first = tokens.needWord("a call");
        String result = null;
        Token name = first;
        if (tokens.takeSign("=")) {
            result = first.text();
            name = tokens.needWord("a call");
        }
        int[] count = CALLS.get(name.text());
        if (count == null) {
            throw tokens.error(
                    name.place(),
                    "\"" + name.text() + "\" is not a call; there are " + String.join(", ", CALLS.keySet()) + ".");
        }
        List<Arg> args = args();
        if (args.size() < count[0] || args.size() > count[1]) {
            throw tokens.error(
                    name.place(), name.text() + " takes " + count(count) + ", and " + args.size() + " are given.");
        }
        return ending(name, result, args);
    }

    private static String count(int[] c) {
        return c[0] == c[1] ? c[0] + (c[0] == 1 ? " argument" : " arguments") : c[0] + " to " + c[1] + " arguments";
    }

    private Call ending(Token name, @Nullable String result, List<Arg> args) {
        Arg ret = tokens.takeSign("=") ? arg() : null;
        Arg gives = tokens.takeWord("gives") ? arg() : null;
        Arg from = tokens.takeWord("from") ? arg() : null;
        boolean makes = name.text().equals("socket")
                || name.text().equals("accept")
                || name.text().equals("dup");
        if (makes && result == null && ret == null) {
            throw tokens.error(
                    name.place(),
                    "name the descriptor that " + name.text() + " returns, as in s = " + name.text()
                            + "(...), or the error that it must return.");
        }
        if (result != null && (!makes || ret != null)) {
            throw tokens.error(name.place(), name.text() + " returns no descriptor here that could get a name.");
        }
        return new Call(name.text(), result, args, ret, gives, from, name.place());
    }

    private List<Arg> args() {
        List<Arg> list = new ArrayList<>();
        tokens.needSign("(");
        if (tokens.takeSign(")")) {
            return list;
        }
        do {
            list.add(arg());
        } while (tokens.takeSign(","));
        tokens.needSign(")");
        return List.copyOf(list);
    }

    private Arg arg() {
        Token t = tokens.peek();
        if (t.kind() == Token.Kind.TEXT) {
            return new Arg(Form.TEXT, tokens.take().text(), t.place());
        }
        Place place = t.place();
        String word = tokens.needWord("a value").text();
        if (word.startsWith("0x")) {
            Numbers.hex(tokens, t);
            return new Arg(Form.HEX, word, place);
        }
        StringBuilder joined = new StringBuilder(word);
        while (tokens.takeSign("|")) {
            joined.append('|').append(tokens.needWord("a name").text());
        }
        return new Arg(Form.WORD, joined.toString(), place);
    }
}
