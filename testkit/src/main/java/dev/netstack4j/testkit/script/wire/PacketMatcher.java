package dev.netstack4j.testkit.script.wire;

import dev.netstack4j.testkit.script.model.Layer;
import dev.netstack4j.testkit.script.model.Packet;
import dev.netstack4j.testkit.script.model.Value;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Compares a frame of the host with what the script expects. What the script does not say is not looked at, but: the
/// protocol, the flags, the addresses and ports of the flow, checksums, whether it is a fragment, and payload.
public final class PacketMatcher {
    private final Conversation conversation;
    private final ValueMatcher values;

    /// @param conversation addresses and flows; what a matching frame tells about a flow is noted there
    public PacketMatcher(Conversation conversation) {
        this.conversation = conversation;
        values = new ValueMatcher(conversation);
    }

    /// What is wrong with a frame, as the end of a sentence; null when it is as expected.
    public @Nullable String mismatch(Packet expected, byte[] frame) {
        Packet actual = PacketReader.frame(frame);
        Layer wanted = expected.innermost();
        Layer got = actual.layer(wanted.kind());
        if (got == null) {
            return "it is " + actual.innermost().kind() + " and not " + wanted.kind();
        }
        if (!wanted.kind().equals("ip") && got != actual.innermost()) {
            return "there is " + actual.innermost().kind() + " in it";
        }
        String wrong = ends(expected, actual);
        wrong = wrong != null ? wrong : layers(expected, actual);
        wrong = wrong != null ? wrong : implied(expected, actual);
        if (wrong == null && got.kind().equals("tcp")) {
            conversation.learn(conversation.flow(wanted), got);
        }
        return wrong;
    }

    // ---- addresses and ports

    private @Nullable String ends(Packet expected, Packet actual) {
        Layer ip = actual.layer("ip");
        Layer wanted = expected.innermost();
        if (ip == null) {
            return null;
        }
        Flow flow = conversation.flow(wanted);
        Layer said = expected.layer("ip");
        long host = said == null ? flow.hostIp : said.number("src", flow.hostIp);
        long peer = said == null ? flow.peerIp : said.number("dst", flow.peerIp);
        if (ip.number("src", 0) != host) {
            return "its source is " + PacketText.address(ip.number("src", 0));
        }
        if (ip.number("dst", 0) != peer) {
            return "its destination is " + PacketText.address(ip.number("dst", 0));
        }
        if (!wanted.kind().equals("tcp") && !wanted.kind().equals("udp")) {
            return null;
        }
        flow.hostIp = host;
        flow.peerIp = peer;
        return ports(flow, wanted, actual.innermost());
    }

    private static @Nullable String ports(Flow flow, Layer wanted, Layer got) {
        String wrong = port("source", wanted.get("sport"), flow.hostPort, got.number("sport", 0));
        wrong = wrong != null ? wrong : port("destination", wanted.get("dport"), flow.peerPort, got.number("dport", 0));
        if (wrong == null) {
            flow.hostPort = (int) got.number("sport", 0);
            flow.peerPort = (int) got.number("dport", 0);
        }
        return wrong;
    }

    private static @Nullable String port(String which, @Nullable Value said, int known, long is) {
        boolean right = said == null ? known == Flow.UNKNOWN || known == is : ValueMatcher.accepts(said, is);
        return right ? null : "its " + which + " port is " + is;
    }

    // ---- fields

    private @Nullable String layers(Packet expected, Packet actual) {
        for (Layer wanted : expected.layers()) {
            Layer got = actual.layer(wanted.kind());
            if (got == null) {
                return "it has no " + wanted.kind() + " header";
            }
            for (Map.Entry<String, Value> e : wanted.fields().entrySet()) {
                String wrong = values.field(wanted, got, e.getKey(), e.getValue());
                if (wrong != null) {
                    return wrong;
                }
            }
        }
        return null;
    }

    private @Nullable String implied(Packet expected, Packet actual) {
        for (Layer got : actual.layers()) {
            Layer wanted = expected.layer(got.kind());
            boolean said = wanted != null && wanted.get("sum") != null;
            if (!said && got.get("sum") != null && got.get("sum") != Value.Sum.GOOD) {
                return "its " + got.kind() + " checksum is " + (got.get("sum") == Value.Sum.BAD ? "wrong" : "absent");
            }
        }
        Layer ip = actual.layer("ip");
        Layer said = expected.layer("ip");
        boolean mayBeFragment = said != null && (said.get("offset") != null || said.get("mf") != null);
        if (ip != null && !mayBeFragment && (ip.number("mf", 0) != 0 || ip.number("offset", 0) != 0)) {
            return "it is a fragment";
        }
        return payload(expected.innermost(), actual.innermost());
    }

    private static @Nullable String payload(Layer wanted, Layer got) {
        boolean looked = wanted.kind().equals("tcp") || wanted.kind().equals("udp");
        return looked && wanted.get("data") == null && got.get("data") instanceof Value.Bytes b && b.bytes().length > 0
                ? "it has " + b.bytes().length + " bytes of data"
                : null;
    }

    /// Whether a quoted packet is the beginning of the frame that the peer sent last.
    static @Nullable String quotesLast(Conversation c, byte[] quoted) {
        byte[] sent = c.lastIn();
        byte[] packet = Arrays.copyOfRange(sent, Math.min(14, sent.length), sent.length);
        if (quoted.length < 28 && quoted.length < packet.length) {
            return "it quotes only " + quoted.length + " bytes";
        }
        int n = Math.min(quoted.length, packet.length);
        return Arrays.equals(quoted, 0, n, packet, 0, n) ? null : "it does not quote the packet sent last";
    }
}
