package dev.netstack4j.testkit.script.model;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The fields of each kind of layer, by the names that RFC 826, 791, 792, 768 and 9293 give them or that are usual for
/// them, and how they are written.
public final class Fields {
    /// TCP flags by name, from the lowest bit.
    public static final List<String> FLAGS = List.of("FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR");

    /// How a field is written.
    public enum Form {
        /// A number, a range `A..B`, or `*`.
        NUMBER,
        /// An IPv4 address.
        ADDRESS,
        /// A MAC address.
        MAC,
        /// A position in the stream, or `=N` for the bits on the wire.
        POSITION,
        /// The word alone says it.
        MARK,
        /// `good`, `bad`, `none` or a number.
        SUM,
        /// Bytes from hexadecimal digits.
        BYTES,
        /// A length of pattern, text or hexadecimal bytes.
        DATA,
        /// A range, of which the end may be left out.
        SLICE,
        /// `last`, or a packet in parentheses.
        QUOTED
    }

    private static final Map<String, Map<String, Form>> KINDS = new TreeMap<>();

    static {
        kind("eth", Form.MAC, "src", "dst").put("type", Form.NUMBER);
        Map<String, Form> arp = kind("arp", Form.NUMBER, "op", "hrd", "pro", "hln", "pln");
        arp.putAll(Map.of("sha", Form.MAC, "tha", Form.MAC, "spa", Form.ADDRESS, "tpa", Form.ADDRESS));
        Map<String, Form> ip =
                kind("ip", Form.NUMBER, "version", "hlen", "tos", "length", "id", "offset", "ttl", "proto");
        ip.putAll(Map.of("src", Form.ADDRESS, "dst", Form.ADDRESS, "sum", Form.SUM, "options", Form.BYTES));
        ip.putAll(Map.of("df", Form.MARK, "nodf", Form.MARK, "mf", Form.MARK, "nomf", Form.MARK));
        ip.put("slice", Form.SLICE);
        Map<String, Form> tcp = kind("tcp", Form.NUMBER, "win", "urg", "hlen", "reserved");
        tcp.putAll(Map.of("seq", Form.POSITION, "ack", Form.POSITION, "sum", Form.SUM, "data", Form.DATA));
        kind("udp", Form.NUMBER, "length").putAll(Map.of("sum", Form.SUM, "data", Form.DATA));
        Map<String, Form> icmp = kind("icmp", Form.NUMBER, "type", "code", "id", "seq", "mtu", "rest", "pointer");
        icmp.putAll(Map.of("sum", Form.SUM, "data", Form.DATA, "quotes", Form.QUOTED));
        kind("raw", Form.DATA, "data");
    }

    private Fields() {}

    private static Map<String, Form> kind(String name, Form form, String... fields) {
        Map<String, Form> map = new TreeMap<>();
        for (String f : fields) {
            map.put(f, form);
        }
        KINDS.put(name, map);
        return map;
    }

    /// The fields of a kind and their forms; empty when there is no such kind.
    public static Map<String, Form> of(String kind) {
        return KINDS.getOrDefault(kind, Map.of());
    }

    /// Whether there is such a kind.
    public static boolean isKind(String kind) {
        return KINDS.containsKey(kind);
    }
}
