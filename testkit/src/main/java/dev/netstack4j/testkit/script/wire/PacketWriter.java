package dev.netstack4j.testkit.script.wire;

import dev.netstack4j.testkit.script.ScriptFailure;
import dev.netstack4j.testkit.script.model.Layer;
import dev.netstack4j.testkit.script.model.Packet;
import dev.netstack4j.testkit.script.model.Place;
import dev.netstack4j.testkit.script.model.Value;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Builds the peer's frames, written from the RFCs and not with the stack's own code.
public final class PacketWriter {
    private static final Place NOWHERE = new Place(0, 0);
    private static final int TTL = 64;
    private static final int DF = 0x4000;
    private static final int MF = 0x2000;
    private static final int IP_HEADER = 20;

    private final Conversation conversation;
    private final TransportWriter transport;

    /// @param conversation addresses and flows; what the frame tells about a flow is noted there
    public PacketWriter(Conversation conversation) {
        this.conversation = conversation;
        transport = new TransportWriter(conversation, this);
    }

    /// A frame of the peer.
    ///
    /// @throws ScriptFailure when the script does not say enough, for example no port
    public byte[] frame(Packet packet) {
        byte[] body = packet.layer("arp") != null ? arp(packet.innermost()) : ip(packet, true);
        int type = packet.layer("arp") != null ? Protocols.ETHERTYPE_ARP : Protocols.ETHERTYPE_IP;
        Layer eth = packet.layer("eth");
        long to = conversation.hostMac;
        long from = Conversation.PEER_MAC;
        if (eth == null && packet.layer("arp") != null && packet.innermost().number("op", 1) == 1) {
            to = 0xFFFF_FFFF_FFFFL;
        }
        if (eth != null) {
            to = eth.number("dst", to);
            from = eth.number("src", from);
            type = (int) eth.number("type", type);
        }
        return new Bits().u48(to).u48(from).u16(type).raw(body).toArray();
    }

    private byte[] arp(Layer arp) {
        return new Bits()
                .u16(arp.number("hrd", 1))
                .u16(arp.number("pro", Protocols.ETHERTYPE_IP))
                .u8(arp.number("hln", 6))
                .u8(arp.number("pln", 4))
                .u16(arp.number("op", 1))
                .u48(arp.number("sha", Conversation.PEER_MAC))
                .u32(arp.number("spa", conversation.peerIp))
                .u48(arp.number("tha", arp.number("op", 1) == 1 ? 0 : conversation.hostMac))
                .u32(arp.number("tpa", conversation.hostIp))
                .toArray();
    }

    /// An IP packet.
    ///
    /// @param fromPeer its direction: false for the host's own, as an ICMP error quotes it
    byte[] ip(Packet packet, boolean fromPeer) {
        Layer ip = packet.layer("ip");
        Layer inner = packet.innermost();
        Layer said = ip == null ? new Layer("ip", "", java.util.Map.of(), NOWHERE) : ip;
        long[] ends = transport.ends(inner, said, fromPeer);
        byte[] payload = inner == ip ? new byte[0] : transport.bytes(inner, ends, fromPeer);
        return header(said, ends, payload, Protocols.number(inner.kind()));
    }

    private byte[] header(Layer ip, long[] ends, byte[] whole, int protocol) {
        byte[] options = ip.get("options") instanceof Value.Bytes b ? padded(b.bytes()) : new byte[0];
        byte[] payload = whole;
        long offset = ip.number("offset", 0);
        boolean more = ip.number("mf", 0) != 0;
        if (ip.get("slice") instanceof Value.Between s) {
            int end = (int) Math.min(s.high(), whole.length);
            payload = Arrays.copyOfRange(whole, Math.min((int) s.low(), end), end);
            offset = ip.number("offset", s.low());
            more = ip.get("mf") == null ? end < whole.length : more;
        }
        int length = IP_HEADER + options.length + payload.length;
        Bits b = new Bits()
                .u8(ip.number("version", 4) << 4 | ip.number("hlen", (IP_HEADER + options.length) / 4))
                .u8(ip.number("tos", 0))
                .u16(ip.number("length", length))
                .u16(ip.number("id", ip.get("id") == null ? conversation.nextId() : 0))
                .u16((ip.number("df", 0) != 0 ? DF : 0) | (more ? MF : 0) | offset / 8)
                .u8(ip.number("ttl", TTL))
                .u8(ip.number("proto", protocol))
                .u16(0)
                .u32(ends[0])
                .u32(ends[1])
                .raw(options);
        int sum = ~Bits.sum(b.toArray(), 0, b.length(), 0) & 0xFFFF;
        b.put16(10, checksum(ip.get("sum"), sum, false));
        return b.raw(payload).toArray();
    }

    private static byte[] padded(byte[] options) {
        return Arrays.copyOf(options, (options.length + 3) / 4 * 4);
    }

    /// The checksum that goes into a header: the right one unless the script says otherwise.
    static long checksum(@Nullable Value said, int right, boolean zeroMeansNone) {
        int good = zeroMeansNone && right == 0 ? 0xFFFF : right;
        return switch (said) {
            case Value.Sum s when s == Value.Sum.BAD -> good ^ 1;
            case Value.Sum s when s == Value.Sum.NONE -> 0;
            case Value.Exact n -> n.value();
            case null, default -> good;
        };
    }
}
