package dev.netstack4j.testkit.script.text;

import dev.netstack4j.testkit.script.model.TcpOption;
import dev.netstack4j.testkit.script.model.Value;
import java.util.ArrayList;
import java.util.List;

/// Reads TCP options: `<mss 1460, sackok, ts 100 ecr 0, ws 7, sack 1..1001 2001..3001, nop, eol, opt 253 0x0102>`.
final class TcpOptionParser {
    private static final byte[] NOTHING = {};

    private static final String BEFORE_LAST = "last-";

    private final Tokens tokens;

    TcpOptionParser(Tokens tokens) {
        this.tokens = tokens;
    }

    Value options() {
        tokens.needSign("<");
        List<TcpOption> list = new ArrayList<>();
        if (tokens.takeSign(">")) {
            return new Value.Options(list);
        }
        do {
            list.add(option());
        } while (tokens.takeSign(","));
        tokens.needSign(">");
        return new Value.Options(List.copyOf(list));
    }

    private TcpOption option() {
        Token t = tokens.needWord("a TCP option");
        return switch (t.text()) {
            case "nop" -> plain(TcpOption.NOP);
            case "eol" -> plain(TcpOption.EOL);
            case "sackok" -> plain(TcpOption.SACKOK);
            case "mss" -> new TcpOption(TcpOption.MSS, List.of(value()), NOTHING);
            case "ws" -> new TcpOption(TcpOption.WS, List.of(value()), NOTHING);
            case "ts" -> timestamps();
            case "sack" -> blocks();
            case "opt" -> unknown();
            default ->
                throw tokens.error(
                        t.place(),
                        "\"" + t.text()
                                + "\" is not a TCP option; there are mss, sackok, ts, ws, sack, nop, eol and opt.");
        };
    }

    private static TcpOption plain(int kind) {
        return new TcpOption(kind, List.of(), NOTHING);
    }

    private Value value() {
        Token t = tokens.needWord("a number");
        if (t.text().startsWith(BEFORE_LAST)) {
            return new Value.Last(Numbers.number(tokens, t, t.text().substring(BEFORE_LAST.length())));
        }
        return t.text().equals("last") ? new Value.Last() : Numbers.value(tokens, t);
    }

    private TcpOption timestamps() {
        Value own = value();
        if (!tokens.takeWord("ecr")) {
            throw tokens.expected("\"ecr\" and the echoed timestamp");
        }
        return new TcpOption(TcpOption.TS, List.of(own, value()), NOTHING);
    }

    private TcpOption blocks() {
        List<Value> edges = new ArrayList<>();
        while (tokens.peek().kind() == Token.Kind.WORD) {
            edges.add(Numbers.value(tokens, tokens.take()));
        }
        return new TcpOption(TcpOption.SACK, List.copyOf(edges), NOTHING);
    }

    private TcpOption unknown() {
        Token kind = tokens.needWord("the option's number");
        byte[] raw = tokens.peek().kind() == Token.Kind.WORD ? Numbers.hex(tokens, tokens.take()) : NOTHING;
        return new TcpOption((int) Numbers.number(tokens, kind), List.of(), raw);
    }
}
