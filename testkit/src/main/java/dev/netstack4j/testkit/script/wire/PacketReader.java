package dev.netstack4j.testkit.script.wire;

import dev.netstack4j.testkit.script.model.Layer;
import dev.netstack4j.testkit.script.model.Packet;
import dev.netstack4j.testkit.script.model.Place;
import dev.netstack4j.testkit.script.model.TcpOption;
import dev.netstack4j.testkit.script.model.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Takes a frame apart into layers with every field that a script can speak of. Never fails: what is too short to be
/// its protocol is `raw`.
public final class PacketReader {
    private static final Place NOWHERE = new Place(0, 0);
    private static final int ETHERNET = 14;

    private PacketReader() {}

    /// A frame.
    public static Packet frame(byte[] f) {
        List<Layer> layers = new ArrayList<>();
        if (f.length < ETHERNET) {
            layers.add(raw(f, 0, f.length));
            return new Packet(layers);
        }
        Map<String, Value> eth = new TreeMap<>();
        number(eth, "dst", Bits.get48(f, 0));
        number(eth, "src", Bits.get48(f, 6));
        number(eth, "type", Bits.get16(f, 12));
        layers.add(new Layer("eth", "", eth, NOWHERE));
        switch (Bits.get16(f, 12)) {
            case Protocols.ETHERTYPE_ARP -> layers.add(arp(f));
            case Protocols.ETHERTYPE_IP -> ip(f, ETHERNET, layers, true);
            default -> layers.add(raw(f, ETHERNET, f.length));
        }
        return new Packet(layers);
    }

    /// A packet that an ICMP error quotes, perhaps cut.
    static Packet quoted(byte[] ip) {
        List<Layer> layers = new ArrayList<>();
        ip(ip, 0, layers, false);
        return new Packet(layers);
    }

    private static Layer arp(byte[] f) {
        if (f.length < ETHERNET + 28) {
            return raw(f, ETHERNET, f.length);
        }
        Map<String, Value> m = new TreeMap<>();
        int at = ETHERNET;
        number(m, "hrd", Bits.get16(f, at));
        number(m, "pro", Bits.get16(f, at + 2));
        number(m, "hln", Bits.get8(f, at + 4));
        number(m, "pln", Bits.get8(f, at + 5));
        number(m, "op", Bits.get16(f, at + 6));
        number(m, "sha", Bits.get48(f, at + 8));
        number(m, "spa", Bits.get32(f, at + 14));
        number(m, "tha", Bits.get48(f, at + 18));
        number(m, "tpa", Bits.get32(f, at + 24));
        return new Layer("arp", "", m, NOWHERE);
    }

    private static void ip(byte[] f, int at, List<Layer> layers, boolean whole) {
        int header = f.length > at ? (Bits.get8(f, at) & 15) * 4 : 0;
        if (header < 20 || f.length < at + header) {
            layers.add(raw(f, at, f.length));
            return;
        }
        Map<String, Value> m = new TreeMap<>();
        int fragment = Bits.get16(f, at + 6);
        number(m, "version", Bits.get8(f, at) >> 4);
        number(m, "hlen", header / 4);
        number(m, "tos", Bits.get8(f, at + 1));
        number(m, "length", Bits.get16(f, at + 2));
        number(m, "id", Bits.get16(f, at + 4));
        number(m, "df", fragment >> 14 & 1);
        number(m, "mf", fragment >> 13 & 1);
        number(m, "offset", (fragment & 0x1FFF) << 3);
        number(m, "ttl", Bits.get8(f, at + 8));
        number(m, "proto", Bits.get8(f, at + 9));
        number(m, "src", Bits.get32(f, at + 12));
        number(m, "dst", Bits.get32(f, at + 16));
        m.put("sum", Bits.sum(f, at, at + header, 0) == 0xFFFF ? Value.Sum.GOOD : Value.Sum.BAD);
        m.put("options", new Value.Bytes(Arrays.copyOfRange(f, at + 20, at + header)));
        layers.add(new Layer("ip", "", m, NOWHERE));
        int end = Math.min(f.length, at + Bits.get16(f, at + 2));
        layers.add(transport(f, at, at + header, Math.max(end, at + header), whole && (fragment & 0x3FFF) == 0));
    }

    private static Layer transport(byte[] f, int ip, int at, int end, boolean whole) {
        boolean first = (Bits.get16(f, ip + 6) & 0x1FFF) == 0;
        int room = end - at;
        int protocol = first && room >= 8 ? Bits.get8(f, ip + 9) : -1;
        if (protocol == Protocols.TCP && (room >= 20 || !whole)) {
            return tcp(f, ip, at, end, whole);
        }
        return switch (protocol) {
            case Protocols.UDP -> udp(f, ip, at, end, whole);
            case Protocols.ICMP -> icmp(f, at, end, whole);
            default -> raw(f, at, end);
        };
    }

    private static Layer tcp(byte[] f, int ip, int at, int end, boolean whole) {
        Map<String, Value> m = new TreeMap<>();
        number(m, "sport", Bits.get16(f, at));
        number(m, "dport", Bits.get16(f, at + 2));
        m.put("seq", new Value.Absolute(Bits.get32(f, at + 4)));
        if (end - at >= 20) {
            m.put("ack", new Value.Absolute(Bits.get32(f, at + 8)));
            int header = Math.max(20, (Bits.get8(f, at + 12) >> 4) * 4);
            number(m, "hlen", Bits.get8(f, at + 12) >> 4);
            number(m, "reserved", Bits.get8(f, at + 12) & 15);
            m.put("flags", new Value.Flags(Bits.get8(f, at + 13), 0));
            number(m, "win", Bits.get16(f, at + 14));
            number(m, "urg", Bits.get16(f, at + 18));
            int body = Math.min(at + header, end);
            m.put("options", new Value.Options(options(f, at + 20, body)));
            m.put("data", new Value.Bytes(Arrays.copyOfRange(f, body, end)));
        }
        sum(m, f, ip, at, end, Protocols.TCP, whole);
        return new Layer("tcp", "", m, NOWHERE);
    }

    private static List<TcpOption> options(byte[] f, int from, int end) {
        List<TcpOption> list = new ArrayList<>();
        int at = from;
        while (at < end) {
            int kind = Bits.get8(f, at);
            int length = kind <= 1 || at + 1 >= end ? 1 : Math.max(2, Bits.get8(f, at + 1));
            list.add(option(kind, Arrays.copyOfRange(f, at + Math.min(2, length), Math.min(end, at + length))));
            at += length;
            if (kind == TcpOption.EOL) {
                break;
            }
        }
        return list;
    }

    private static TcpOption option(int kind, byte[] v) {
        List<Value> n = new ArrayList<>();
        if (kind == TcpOption.MSS && v.length == 2) {
            n.add(new Value.Exact(Bits.get16(v, 0)));
        } else if (kind == TcpOption.WS && v.length == 1) {
            n.add(new Value.Exact(v[0] & 0xFF));
        } else if (kind == TcpOption.TS && v.length == 8) {
            n.add(new Value.Exact(Bits.get32(v, 0)));
            n.add(new Value.Exact(Bits.get32(v, 4)));
        } else if (kind == TcpOption.SACK) {
            for (int i = 0; i + 8 <= v.length; i += 8) {
                n.add(new Value.Between(Bits.get32(v, i), Bits.get32(v, i + 4)));
            }
        }
        return new TcpOption(kind, n, v);
    }

    private static Layer udp(byte[] f, int ip, int at, int end, boolean whole) {
        Map<String, Value> m = new TreeMap<>();
        number(m, "sport", Bits.get16(f, at));
        number(m, "dport", Bits.get16(f, at + 2));
        number(m, "length", Bits.get16(f, at + 4));
        m.put("data", new Value.Bytes(Arrays.copyOfRange(f, at + 8, end)));
        if (whole && Bits.get16(f, at + 6) == 0) {
            m.put("sum", Value.Sum.NONE);
        } else {
            sum(m, f, ip, at, end, Protocols.UDP, whole);
        }
        return new Layer("udp", "", m, NOWHERE);
    }

    private static Layer icmp(byte[] f, int at, int end, boolean whole) {
        Map<String, Value> m = new TreeMap<>();
        int type = Bits.get8(f, at);
        number(m, "type", type);
        number(m, "code", Bits.get8(f, at + 1));
        number(m, "rest", Bits.get32(f, at + 4));
        if (Protocols.hasId(type)) {
            number(m, "id", Bits.get16(f, at + 4));
            number(m, "seq", Bits.get16(f, at + 6));
        } else {
            number(m, "mtu", Bits.get16(f, at + 6));
            number(m, "pointer", Bits.get8(f, at + 4));
        }
        byte[] body = Arrays.copyOfRange(f, at + 8, end);
        m.put("data", new Value.Bytes(body));
        if (Protocols.quotes(type) && body.length > 0) {
            m.put("quotes", new Value.Quoted(quoted(body)));
        }
        if (whole) {
            m.put("sum", Bits.sum(f, at, end, 0) == 0xFFFF ? Value.Sum.GOOD : Value.Sum.BAD);
        }
        return new Layer("icmp", "", m, NOWHERE);
    }

    private static void sum(Map<String, Value> m, byte[] f, int ip, int at, int end, int protocol, boolean whole) {
        if (whole) {
            long pseudo = Bits.pseudo(Bits.get32(f, ip + 12), Bits.get32(f, ip + 16), protocol, end - at);
            m.put("sum", Bits.sum(f, at, end, pseudo) == 0xFFFF ? Value.Sum.GOOD : Value.Sum.BAD);
        }
    }

    private static Layer raw(byte[] f, int at, int end) {
        Map<String, Value> m = new TreeMap<>();
        m.put("data", new Value.Bytes(Arrays.copyOfRange(f, at, end)));
        return new Layer("raw", "", m, NOWHERE);
    }

    private static void number(Map<String, Value> m, String field, long value) {
        m.put(field, new Value.Exact(value));
    }
}
