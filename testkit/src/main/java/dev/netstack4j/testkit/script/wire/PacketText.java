package dev.netstack4j.testkit.script.wire;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.testkit.script.model.Fields;
import dev.netstack4j.testkit.script.model.Layer;
import dev.netstack4j.testkit.script.model.Packet;
import dev.netstack4j.testkit.script.model.TcpOption;
import dev.netstack4j.testkit.script.model.Value;
import dev.netstack4j.testkit.script.text.IcmpNames;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes packets in the form in which scripts have them.
public final class PacketText {
    private PacketText() {}

    /// A frame, with positions counted as the conversation knows them.
    ///
    /// @param fromPeer whether the peer sent it
    public static String frame(byte[] frame, Conversation conversation, boolean fromPeer) {
        Packet p = PacketReader.frame(frame);
        Layer arp = p.layer("arp");
        if (arp != null) {
            return arp(arp);
        }
        Layer ip = p.layer("ip");
        Layer inner = p.innermost();
        if (ip == null) {
            return "eth type " + (p.layer("eth") == null ? "?" : p.layer("eth").number("type", 0));
        }
        return ip(ip) + transport(ip, inner, conversation, fromPeer);
    }

    private static String arp(Layer a) {
        return "arp " + (a.number("op", 0) == 1 ? "request" : "reply") + " spa " + address(a.number("spa", 0)) + " sha "
                + MacAddress.of(a.number("sha", 0)) + " tpa " + address(a.number("tpa", 0)) + " tha "
                + MacAddress.of(a.number("tha", 0));
    }

    private static String ip(Layer ip) {
        StringBuilder s = new StringBuilder("ip src ").append(address(ip.number("src", 0)));
        s.append(" dst ").append(address(ip.number("dst", 0)));
        if (ip.number("mf", 0) != 0 || ip.number("offset", 0) != 0) {
            s.append(" id ").append(ip.number("id", 0)).append(" offset ").append(ip.number("offset", 0));
            s.append(ip.number("mf", 0) != 0 ? " mf" : "");
        }
        return s.append(" / ").toString();
    }

    private static String transport(Layer ip, Layer l, Conversation conversation, boolean fromPeer) {
        return switch (l.kind()) {
            case "tcp" -> tcp(l, flowOf(ip, l, conversation, fromPeer), fromPeer);
            case "udp" -> "udp " + l.number("sport", 0) + ">" + l.number("dport", 0) + data(l);
            case "icmp" -> icmp(l);
            default -> l.kind() + " " + value(l.kind(), "data", l.get("data"));
        };
    }

    private static @Nullable Flow flowOf(Layer ip, Layer tcp, Conversation c, boolean fromPeer) {
        String host = fromPeer ? "dst" : "src";
        String peer = fromPeer ? "src" : "dst";
        int hostPort = (int) tcp.number(fromPeer ? "dport" : "sport", 0);
        int peerPort = (int) tcp.number(fromPeer ? "sport" : "dport", 0);
        return c.find(Protocols.TCP, ip.number(host, 0), hostPort, ip.number(peer, 0), peerPort);
    }

    private static String tcp(Layer l, @Nullable Flow flow, boolean fromPeer) {
        StringBuilder s = new StringBuilder("tcp ");
        s.append(l.number("sport", 0)).append('>').append(l.number("dport", 0));
        if (l.get("flags") instanceof Value.Flags f) {
            s.append(' ').append(flags(f));
        }
        long host = flow == null ? Flow.UNKNOWN : flow.hostStart;
        long peer = flow == null ? Flow.UNKNOWN : flow.peerStart;
        s.append(position(" seq ", l.get("seq"), fromPeer ? peer : host));
        s.append(position(" ack ", l.get("ack"), fromPeer ? host : peer));
        s.append(" win ").append(l.number("win", 0));
        if (l.get("options") instanceof Value.Options o && !o.list().isEmpty()) {
            s.append(' ').append(options(o, Math.max(0, fromPeer ? host : peer)));
        }
        return s.append(data(l)).toString();
    }

    private static String position(String name, @Nullable Value v, long start) {
        if (!(v instanceof Value.Absolute a)) {
            return "";
        }
        return name + (start == Flow.UNKNOWN ? "=" + a.value() : String.valueOf((int) (a.value() - start)));
    }

    private static String icmp(Layer l) {
        StringBuilder s = new StringBuilder("icmp ").append(IcmpNames.name(l.number("type", 0), l.number("code", 0)));
        for (String f : List.of("id", "seq")) {
            if (l.get(f) != null) {
                s.append(' ').append(f).append(' ').append(l.number(f, 0));
            }
        }
        return l.get("quotes") == null
                ? s.append(data(l)).toString()
                : s.append(" quotes ...").toString();
    }

    private static String data(Layer l) {
        return l.get("data") instanceof Value.Bytes b && b.bytes().length > 0 ? " data " + b.bytes().length : "";
    }

    // ---- values

    /// Flags by name.
    public static String flags(Value.Flags f) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < Fields.FLAGS.size(); i++) {
            if ((f.set() >> i & 1) != 0) {
                names.add(Fields.FLAGS.get(i));
            }
        }
        return names.isEmpty() ? "NONE" : String.join(" ", names);
    }

    /// TCP options, with blocks counted from a position.
    public static String options(Value.Options o, long blocksFrom) {
        List<String> parts = new ArrayList<>();
        for (TcpOption option : o.list()) {
            if (!option.isFiller()) {
                parts.add(option(option, blocksFrom));
            }
        }
        return "<" + String.join(", ", parts) + ">";
    }

    private static String option(TcpOption o, long blocksFrom) {
        return switch (o.kind()) {
            case TcpOption.MSS -> "mss " + plain(o, 0);
            case TcpOption.WS -> "ws " + plain(o, 0);
            case TcpOption.SACKOK -> "sackok";
            case TcpOption.TS -> "ts " + plain(o, 0) + " ecr " + plain(o, 1);
            case TcpOption.SACK -> {
                StringBuilder s = new StringBuilder("sack");
                for (Value v : o.numbers()) {
                    if (v instanceof Value.Between b) {
                        s.append(' ').append((int) (b.low() - blocksFrom)).append("..");
                        s.append((int) (b.high() - blocksFrom));
                    }
                }
                yield s.toString();
            }
            default ->
                "opt " + o.kind()
                        + (o.raw().length == 0 ? "" : " 0x" + HexFormat.of().formatHex(o.raw()));
        };
    }

    private static long plain(TcpOption o, int i) {
        return i < o.numbers().size() && o.numbers().get(i) instanceof Value.Exact n ? n.value() : 0;
    }

    static String value(String kind, String field, @Nullable Value v) {
        return switch (v) {
            case Value.Exact n -> number(kind, field, n.value());
            case Value.Bytes b -> b.bytes().length + " bytes";
            case null -> "absent";
            default -> v.toString();
        };
    }

    static String number(String kind, String field, long n) {
        Fields.Form form = Fields.of(kind).get(field);
        return form == Fields.Form.ADDRESS
                ? address(n)
                : form == Fields.Form.MAC ? MacAddress.of(n).toString() : String.valueOf(n);
    }

    static String address(long bits) {
        return IpAddress.v4((int) bits).toString();
    }
}
