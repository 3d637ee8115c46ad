package dev.netstack4j.testkit.script.wire;

import dev.netstack4j.testkit.script.ScriptFailure;
import dev.netstack4j.testkit.script.model.Layer;
import dev.netstack4j.testkit.script.model.TcpOption;
import dev.netstack4j.testkit.script.model.Value;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Builds what is behind an IP header.
final class TransportWriter {
    private static final int SYN = 2;
    private static final int WINDOW = 65535;
    private static final int MOST_QUOTED = 548;

    private final Conversation conversation;
    private final PacketWriter packets;

    TransportWriter(Conversation conversation, PacketWriter packets) {
        this.conversation = conversation;
        this.packets = packets;
    }

    /// Source and destination address; what the script says is kept for the flow.
    long[] ends(Layer inner, Layer ip, boolean fromPeer) {
        Flow flow = conversation.flow(inner);
        long peer = ip.number(fromPeer ? "src" : "dst", flow.peerIp);
        long host = ip.number(fromPeer ? "dst" : "src", flow.hostIp);
        if (inner.kind().equals("tcp") || inner.kind().equals("udp")) {
            flow.peerIp = peer;
            flow.hostIp = host;
        }
        return fromPeer ? new long[] {peer, host} : new long[] {host, peer};
    }

    byte[] bytes(Layer layer, long[] ends, boolean fromPeer) {
        return switch (layer.kind()) {
            case "tcp" -> tcp(layer, ends, fromPeer);
            case "udp" -> udp(layer, ends, fromPeer);
            case "icmp" -> icmp(layer);
            default -> data(layer, 0);
        };
    }

    // ---- TCP

    private byte[] tcp(Layer tcp, long[] ends, boolean fromPeer) {
        Flow flow = conversation.flow(tcp);
        int[] ports = ports(tcp, flow, fromPeer);
        int flags = tcp.get("flags") instanceof Value.Flags f ? f.set() : 0;
        if (fromPeer && (flags & SYN) != 0 && tcp.get("seq") instanceof Value.Absolute a) {
            flow.peerStart = a.value();
        }
        long own = fromPeer ? flow.peerStart : flow.hostBase();
        long other = fromPeer ? flow.hostBase() : flow.peerStart;
        long seq = position(tcp, "seq", own);
        byte[] options = options(tcp, flow, other);
        long start = (seq - own << 32 >> 32) - ((flags & SYN) == 0 ? 1 : 0);
        byte[] data = data(tcp, start);
        Bits b = new Bits()
                .u16(ports[0])
                .u16(ports[1])
                .u32(seq)
                .u32(position(tcp, "ack", other))
                .u8(tcp.number("hlen", 5 + options.length / 4) << 4 | tcp.number("reserved", 0))
                .u8(flags)
                .u16(tcp.number("win", WINDOW))
                .u16(0)
                .u16(tcp.number("urg", 0))
                .raw(options)
                .raw(data);
        return summed(b, 16, ends, Protocols.TCP, tcp.get("sum"));
    }

    private static long position(Layer tcp, String field, long base) {
        return switch (tcp.get(field)) {
            case Value.Absolute a -> a.value();
            case Value.Exact n -> n.value() + base & 0xFFFF_FFFFL;
            case null, default -> {
                if (field.equals("ack")) {
                    yield 0;
                }
                throw new ScriptFailure(tcp.place(), "the peer's segment must say its seq.");
            }
        };
    }

    private static byte[] options(Layer tcp, Flow flow, long blocksFrom) {
        if (!(tcp.get("options") instanceof Value.Options o)) {
            return new byte[0];
        }
        Bits b = new Bits();
        for (TcpOption option : o.list()) {
            option(option, flow, blocksFrom, b);
        }
        return Arrays.copyOf(b.toArray(), (b.length() + 3) / 4 * 4);
    }

    private static void option(TcpOption o, Flow flow, long blocksFrom, Bits b) {
        b.u8(o.kind());
        switch (o.kind()) {
            case TcpOption.EOL, TcpOption.NOP -> {
                // one byte
            }
            case TcpOption.MSS -> b.u8(4).u16(number(o, 0, flow));
            case TcpOption.WS -> b.u8(3).u8(number(o, 0, flow));
            case TcpOption.TS -> b.u8(10).u32(number(o, 0, flow)).u32(number(o, 1, flow));
            case TcpOption.SACK -> {
                b.u8(2 + o.numbers().size() * 8);
                for (Value v : o.numbers()) {
                    Value.Between block = (Value.Between) v;
                    b.u32(block.low() + blocksFrom).u32(block.high() + blocksFrom);
                }
            }
            default -> b.u8(2 + o.raw().length).raw(o.raw());
        }
    }

    private static long number(TcpOption o, int i, Flow flow) {
        return switch (o.numbers().get(i)) {
            case Value.Exact n -> n.value();
            case Value.Last last -> flow.hostTimestamp - last.less();
            default -> 0;
        };
    }

    // ---- UDP and ICMP

    private byte[] udp(Layer udp, long[] ends, boolean fromPeer) {
        int[] ports = ports(udp, conversation.flow(udp), fromPeer);
        byte[] data = data(udp, 0);
        Bits b = new Bits()
                .u16(ports[0])
                .u16(ports[1])
                .u16(udp.number("length", 8 + data.length))
                .u16(0)
                .raw(data);
        return summed(b, 6, ends, Protocols.UDP, udp.get("sum"));
    }

    private byte[] icmp(Layer icmp) {
        int type = (int) icmp.number("type", 8);
        Bits b = new Bits().u8(type).u8(icmp.number("code", 0)).u16(0);
        if (icmp.get("id") != null || icmp.get("seq") != null) {
            b.u16(icmp.number("id", 0)).u16(icmp.number("seq", 0));
        } else if (icmp.get("pointer") != null) {
            b.u8(icmp.number("pointer", 0)).u8(0).u16(0);
        } else {
            b.u32(icmp.number("rest", icmp.number("mtu", 0)));
        }
        if (icmp.get("quotes") instanceof Value.Quoted q) {
            b.raw(quoted(q));
        }
        b.raw(data(icmp, 0));
        int sum = ~Bits.sum(b.toArray(), 0, b.length(), 0) & 0xFFFF;
        b.put16(2, PacketWriter.checksum(icmp.get("sum"), sum, false));
        return b.toArray();
    }

    private byte[] quoted(Value.Quoted q) {
        byte[] whole;
        if (q.packet() == null) {
            byte[] frame = conversation.lastOut();
            whole = Arrays.copyOfRange(frame, Math.min(14, frame.length), frame.length);
        } else {
            whole = packets.ip(q.packet(), false);
        }
        return Arrays.copyOf(whole, Math.min(whole.length, MOST_QUOTED));
    }

    // ---- both

    private static int[] ports(Layer layer, Flow flow, boolean fromPeer) {
        String peerField = fromPeer ? "sport" : "dport";
        String hostField = fromPeer ? "dport" : "sport";
        flow.peerPort = (int) layer.number(peerField, flow.peerPort);
        flow.hostPort = (int) layer.number(hostField, flow.hostPort);
        if (flow.peerPort == Flow.UNKNOWN || flow.hostPort == Flow.UNKNOWN) {
            throw new ScriptFailure(
                    layer.place(), "the first packet of a flow must say its ports, for example tcp 40000>80 SYN.");
        }
        return fromPeer ? new int[] {flow.peerPort, flow.hostPort} : new int[] {flow.hostPort, flow.peerPort};
    }

    private static byte[] data(Layer layer, long position) {
        return switch (layer.get("data")) {
            case Value.Bytes b -> b.bytes();
            case Value.Pattern p when p.length() instanceof Value.Exact n -> Pattern.of(position, (int) n.value());
            case null, default -> new byte[0];
        };
    }

    private static byte[] summed(Bits b, int at, long[] ends, int protocol, @Nullable Value said) {
        byte[] bytes = b.toArray();
        long pseudo = Bits.pseudo(ends[0], ends[1], protocol, bytes.length);
        int sum = ~Bits.sum(bytes, 0, bytes.length, pseudo) & 0xFFFF;
        b.put16(at, PacketWriter.checksum(said, sum, protocol == Protocols.UDP));
        return b.toArray();
    }
}
