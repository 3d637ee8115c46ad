package dev.netstack4j.testkit.script.wire;

import dev.netstack4j.testkit.script.model.Layer;
import dev.netstack4j.testkit.script.model.Packet;
import dev.netstack4j.testkit.script.model.TcpOption;
import dev.netstack4j.testkit.script.model.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Compares one field. Results are the end of a sentence, or null.
final class ValueMatcher {
    private static final int SYN = 2;

    private final Conversation conversation;

    ValueMatcher(Conversation conversation) {
        this.conversation = conversation;
    }

    @Nullable
    String field(Layer wanted, Layer got, String name, Value said) {
        return switch (said) {
            case Value.Any _ -> null;
            case Value.Flags f -> flags(f, got);
            case Value.Options o -> options(wanted, o, got);
            case Value.Pattern p -> pattern(wanted, p, got);
            case Value.Bytes b -> bytes(name, b, got);
            case Value.Quoted q -> quoted(q, got);
            case Value.Sum s -> got.get(name) == s ? null : "its " + name + " is " + got.get(name);
            default -> number(wanted, got, name, said);
        };
    }

    private @Nullable String number(Layer wanted, Layer got, String name, Value said) {
        Value is = got.get(name);
        if (is instanceof Value.Absolute a) {
            return position(wanted, name, said, a.value());
        }
        long n = got.number(name, -1);
        return accepts(said, n) ? null : "its " + name + " is " + PacketText.number(got.kind(), name, n);
    }

    private @Nullable String position(Layer wanted, String name, Value said, long absolute) {
        if (said instanceof Value.Absolute a) {
            return a.value() == absolute ? null : "its " + name + " is =" + absolute;
        }
        Flow flow = conversation.flow(wanted);
        long base = name.equals("seq") ? hostBase(flow, wanted, absolute) : flow.peerStart;
        int relative = (int) (absolute - base);
        boolean right = switch (said) {
            case Value.Exact n -> (int) n.value() == relative;
            case Value.Between b -> relative >= b.low() && relative <= b.high();
            default -> true;
        };
        return right ? null : "its " + name + " is " + relative;
    }

    /// The first SYN of the host says where its positions begin.
    private static long hostBase(Flow flow, Layer wanted, long absolute) {
        boolean syn = wanted.get("flags") instanceof Value.Flags f && (f.set() & SYN) != 0;
        return flow.hostStart == Flow.UNKNOWN && syn ? absolute : flow.hostBase();
    }

    static boolean accepts(Value said, long is) {
        return switch (said) {
            case Value.Exact n -> n.value() == is;
            case Value.Between b -> is >= b.low() && is <= b.high();
            case Value.Absolute a -> a.value() == is;
            default -> true;
        };
    }

    private static @Nullable String flags(Value.Flags f, Layer got) {
        Value is = got.get("flags");
        if (!(is instanceof Value.Flags g)) {
            return "it has no flags";
        }
        return (g.set() & ~f.maybe()) == f.set() ? null : "its flags are " + PacketText.flags(g);
    }

    // ---- payload

    private @Nullable String pattern(Layer wanted, Value.Pattern p, Layer got) {
        if (!(got.get("data") instanceof Value.Bytes b)) {
            return "it has no data";
        }
        if (!accepts(p.length(), b.bytes().length)) {
            return "it has " + b.bytes().length + " bytes of data";
        }
        if (!conversation.checksPattern() || wanted.kind().equals("raw")) {
            return null;
        }
        long from = 0;
        if (got.get("seq") instanceof Value.Absolute a) {
            Flow flow = conversation.flow(wanted);
            boolean syn = got.get("flags") instanceof Value.Flags f && (f.set() & SYN) != 0;
            from = (long) (int) (a.value() - hostBase(flow, wanted, a.value())) - (syn ? 0 : 1);
        }
        return Pattern.matches(b.bytes(), from) ? null : "its data are not the bytes of their place";
    }

    private static @Nullable String bytes(String name, Value.Bytes said, Layer got) {
        boolean same = got.get(name) instanceof Value.Bytes b && Arrays.equals(b.bytes(), said.bytes());
        return same ? null : "its " + name + " are " + PacketText.value(got.kind(), name, got.get(name));
    }

    private @Nullable String quoted(Value.Quoted said, Layer got) {
        if (!(got.get("quotes") instanceof Value.Quoted is) || is.packet() == null) {
            return "it quotes nothing";
        }
        if (said.packet() == null) {
            byte[] body = got.get("data") instanceof Value.Bytes b ? b.bytes() : new byte[0];
            return PacketMatcher.quotesLast(conversation, body);
        }
        return quotedLayers(said.packet(), is.packet());
    }

    /// A quoted packet is one of the peer: what it says of positions is compared as bits of the wire.
    private static @Nullable String quotedLayers(Packet said, Packet is) {
        for (Layer wanted : said.layers()) {
            Layer got = is.layer(wanted.kind());
            if (got == null) {
                return "the quoted packet has no " + wanted.kind() + " header";
            }
            for (Map.Entry<String, Value> e : wanted.fields().entrySet()) {
                if (e.getValue() instanceof Value.Exact n && got.number(e.getKey(), -1) != n.value()) {
                    return "the quoted packet's " + e.getKey() + " is " + got.number(e.getKey(), -1);
                }
            }
        }
        return null;
    }

    // ---- options

    private @Nullable String options(Layer wanted, Value.Options said, Layer got) {
        if (!(got.get("options") instanceof Value.Options is)) {
            return "it has no options";
        }
        List<TcpOption> a = meaningful(said.list());
        List<TcpOption> b = meaningful(is.list());
        boolean right = a.size() == b.size();
        for (int i = 0; right && i < a.size(); i++) {
            right = option(wanted, a.get(i), b.get(i));
        }
        return right ? null : "its options are " + PacketText.options(is, conversation.flow(wanted).peerStart);
    }

    private static List<TcpOption> meaningful(List<TcpOption> all) {
        return all.stream().filter(o -> !o.isFiller()).toList();
    }

    private boolean option(Layer wanted, TcpOption said, TcpOption is) {
        if (said.kind() != is.kind() || said.numbers().size() != is.numbers().size()) {
            return false;
        }
        if (said.kind() == TcpOption.SACK) {
            long base = conversation.flow(wanted).peerStart;
            for (int i = 0; i < said.numbers().size(); i++) {
                if (!block(said.numbers().get(i), is.numbers().get(i), base)) {
                    return false;
                }
            }
            return true;
        }
        for (int i = 0; i < said.numbers().size(); i++) {
            if (!(is.numbers().get(i) instanceof Value.Exact n)
                    || !accepts(said.numbers().get(i), n.value())) {
                return false;
            }
        }
        return !said.numbers().isEmpty() || Arrays.equals(said.raw(), is.raw());
    }

    private static boolean block(Value said, Value is, long base) {
        return said instanceof Value.Any
                || said instanceof Value.Between s
                        && is instanceof Value.Between b
                        && (int) (b.low() - base) == s.low()
                        && (int) (b.high() - base) == s.high();
    }
}
