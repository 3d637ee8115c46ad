package dev.netstack4j.testkit.script.text;

import dev.netstack4j.testkit.script.model.Value;
import java.util.List;
import java.util.Map;

/// The names of ICMP's types and codes.
public final class IcmpNames {
    private static final int UNREACHABLE = 3;
    private static final int EXCEEDED = 11;
    private static final List<String> UNREACHABLES = List.of(
            "net",
            "host",
            "protocol",
            "port",
            "frag-needed",
            "source-route",
            "net-unknown",
            "host-unknown",
            "host-isolated",
            "net-prohibited",
            "host-prohibited",
            "net-tos",
            "host-tos",
            "prohibited");

    private final Tokens tokens;

    IcmpNames(Tokens tokens) {
        this.tokens = tokens;
    }

    /// Reads `echo`, `reply`, `unreachable CODE`, `exceeded ttl|reassembly`, `problem`, `redirect`; or nothing.
    void read(Map<String, Value> fields) {
        if (tokens.takeWord("echo")) {
            put(fields, 8, 0);
        } else if (tokens.takeWord("reply")) {
            put(fields, 0, 0);
        } else if (tokens.takeWord("problem")) {
            put(fields, 12, 0);
        } else if (tokens.takeWord("quench")) {
            put(fields, 4, 0);
        } else if (tokens.takeWord("exceeded")) {
            put(fields, EXCEEDED, code(List.of("ttl", "reassembly")));
        } else if (tokens.takeWord("unreachable")) {
            put(fields, UNREACHABLE, code(UNREACHABLES));
        }
    }

    private int code(List<String> names) {
        int code = names.indexOf(tokens.peek().text());
        if (code < 0) {
            throw tokens.expected("one of " + String.join(", ", names));
        }
        tokens.take();
        return code;
    }

    private static void put(Map<String, Value> fields, int type, int code) {
        fields.put("type", new Value.Exact(type));
        fields.put("code", new Value.Exact(code));
    }

    /// Type and code as [#read] takes them.
    public static String name(long type, long code) {
        return switch ((int) type) {
            case 8 -> "echo";
            case 0 -> "reply";
            case UNREACHABLE ->
                code < UNREACHABLES.size() ? "unreachable " + UNREACHABLES.get((int) code) : "type 3 code " + code;
            case EXCEEDED -> code == 0 ? "exceeded ttl" : "exceeded reassembly";
            default -> "type " + type + " code " + code;
        };
    }
}
