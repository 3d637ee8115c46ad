package dev.netstack4j.testkit.script.text;

import dev.netstack4j.testkit.script.model.Fields;
import dev.netstack4j.testkit.script.model.Fields.Form;
import dev.netstack4j.testkit.script.model.Layer;
import dev.netstack4j.testkit.script.model.Packet;
import dev.netstack4j.testkit.script.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Reads a packet: layers joined by `/`, each a kind and its fields.
final class PacketParser {
    private final Tokens tokens;

    PacketParser(Tokens tokens) {
        this.tokens = tokens;
    }

    Packet packet() {
        List<Layer> layers = new ArrayList<>();
        do {
            layers.add(layer());
        } while (tokens.takeSign("/"));
        return new Packet(List.copyOf(layers));
    }

    private Layer layer() {
        Token head = tokens.needWord("a layer (eth, arp, ip, tcp, udp, icmp or raw)");
        int colon = head.text().indexOf(':');
        String kind = colon < 0 ? head.text() : head.text().substring(0, colon);
        String flow = colon < 0 ? "" : head.text().substring(colon + 1);
        if (!Fields.isKind(kind)) {
            throw tokens.error(
                    head.place(),
                    "\"" + kind + "\" is not a layer; the layers are eth, arp, ip, tcp, udp, icmp and raw.");
        }
        Map<String, Value> fields = new TreeMap<>();
        switch (kind) {
            case "tcp", "udp" -> ports(fields);
            case "icmp" -> new IcmpNames(tokens).read(fields);
            case "arp" -> operation(fields);
            default -> {
                // no short forms
            }
        }
        if (kind.equals("tcp")) {
            flags(fields);
        }
        if (kind.equals("raw")) {
            data(fields);
        }
        while (!ends()) {
            field(kind, fields);
        }
        return new Layer(kind, flow, fields, head.place());
    }

    private boolean ends() {
        Token t = tokens.peek();
        return t.endsLine() || t.isSign("/") || t.isSign(")") || t.isSign("}");
    }

    private void ports(Map<String, Value> fields) {
        if (tokens.peekSecond().isSign(">")) {
            fields.put("sport", Numbers.value(tokens, tokens.needWord("a port")));
            tokens.needSign(">");
            fields.put("dport", Numbers.value(tokens, tokens.needWord("a port")));
        }
    }

    private void operation(Map<String, Value> fields) {
        if (tokens.takeWord("request")) {
            fields.put("op", new Value.Exact(1));
        } else if (tokens.takeWord("reply")) {
            fields.put("op", new Value.Exact(2));
        }
    }

    private void flags(Map<String, Value> fields) {
        int set = 0;
        int maybe = 0;
        boolean any = tokens.takeWord("NONE");
        while (tokens.peek().kind() == Token.Kind.WORD
                && Fields.FLAGS.contains(tokens.peek().text())) {
            int bit = 1 << Fields.FLAGS.indexOf(tokens.take().text());
            any = true;
            if (tokens.takeSign("?")) {
                maybe |= bit;
            } else {
                set |= bit;
            }
        }
        if (!any) {
            throw tokens.expected("a TCP flag (" + String.join(", ", Fields.FLAGS) + " or NONE)");
        }
        fields.put("flags", new Value.Flags(set, maybe));
    }

    private void field(String kind, Map<String, Value> fields) {
        if (kind.equals("tcp") && tokens.peek().isSign("<")) {
            fields.put("options", new TcpOptionParser(tokens).options());
            return;
        }
        Token name = tokens.needWord("a field or the end of the line");
        Form form = Fields.of(kind).get(name.text());
        if (form == null) {
            throw tokens.error(
                    name.place(),
                    "\"" + name.text() + "\" is not a field of " + kind + "; there are "
                            + String.join(", ", Fields.of(kind).keySet()) + ".");
        }
        switch (form) {
            case MARK -> {
                boolean not = name.text().startsWith("no");
                fields.put(not ? name.text().substring(2) : name.text(), new Value.Exact(not ? 0 : 1));
            }
            case NUMBER -> fields.put(name.text(), Numbers.value(tokens, tokens.needWord("a number")));
            case ADDRESS -> fields.put(name.text(), Numbers.address(tokens, tokens.needWord("an IPv4 address")));
            case MAC -> fields.put(name.text(), Numbers.mac(tokens, tokens.needWord("a MAC address")));
            case POSITION -> fields.put(name.text(), position());
            case SUM -> fields.put(name.text(), sum());
            case BYTES -> fields.put(name.text(), new Value.Bytes(bytes()));
            case DATA -> data(fields);
            case SLICE -> fields.put(name.text(), Numbers.slice(tokens, tokens.needWord("a slice such as 0..1480")));
            case QUOTED -> fields.put(name.text(), quoted());
        }
    }

    private Value position() {
        if (tokens.takeSign("=")) {
            Token t = tokens.needWord("a number");
            return new Value.Absolute(Numbers.number(tokens, t) & 0xFFFF_FFFFL);
        }
        return Numbers.value(tokens, tokens.needWord("a position in the stream"));
    }

    private Value sum() {
        Token t = tokens.needWord("good, bad, none or a number");
        return switch (t.text()) {
            case "good" -> Value.Sum.GOOD;
            case "bad" -> Value.Sum.BAD;
            case "none" -> Value.Sum.NONE;
            default -> Numbers.value(tokens, t);
        };
    }

    private byte[] bytes() {
        return Numbers.hex(tokens, tokens.needWord("bytes such as 0x0102"));
    }

    private void data(Map<String, Value> fields) {
        Token t = tokens.peek();
        if (t.kind() == Token.Kind.TEXT) {
            fields.put("data", new Value.Bytes(tokens.take().text().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        } else if (t.kind() == Token.Kind.WORD && t.text().startsWith("0x")) {
            fields.put("data", new Value.Bytes(bytes()));
        } else {
            fields.put("data", new Value.Pattern(Numbers.value(tokens, tokens.needWord("a length, text or bytes"))));
        }
    }

    private Value quoted() {
        if (tokens.takeWord("last")) {
            return new Value.Quoted(null);
        }
        tokens.needSign("(");
        Packet p = packet();
        tokens.needSign(")");
        return new Value.Quoted(p);
    }
}
