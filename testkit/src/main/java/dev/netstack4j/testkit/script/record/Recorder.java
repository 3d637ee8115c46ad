package dev.netstack4j.testkit.script.record;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.testkit.script.model.Layer;
import dev.netstack4j.testkit.script.model.Packet;
import dev.netstack4j.testkit.script.wire.PacketReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns a capture of one conversation, as `tcpdump` or `./netstack demo --pcap` make it, into a script that expects
/// the same of whom it is played against. The side whose behaviour is expected is the *host*; the other one is what the
/// script sends. Addresses become those that scripts have; payload becomes the pattern; the calls of the host's
/// application are concluded from the packets.
///
/// Of TCP the whole connection from the SYN on is needed. Fragments, IPv6 and writes of more than some 100 KB are not
/// recorded.
public final class Recorder {
    private static final Set<String> KINDS = Set.of("tcp", "udp", "icmp");

    private final Path file;
    private final @Nullable IpAddress host;
    private final int port;
    private final boolean sender;

    private Recorder(Path file, @Nullable IpAddress host, int port, boolean sender) {
        this.file = file;
        this.host = host;
        this.port = port;
        this.sender = sender;
    }

    /// Of a file in the form pcap or pcapng. The host is who receives the first packet of the first conversation.
    public static Recorder of(Path file) {
        return new Recorder(file, null, 0, false);
    }

    /// With the host of an address: its first conversation is recorded.
    public Recorder host(IpAddress address) {
        return new Recorder(file, address, port, sender);
    }

    /// Only a conversation with that port at either end.
    public Recorder port(int either) {
        return new Recorder(file, host, either, sender);
    }

    /// With who sent the first packet of the conversation as the host: on a loopback both have one address.
    public Recorder sender() {
        return new Recorder(file, null, port, true);
    }

    /// The script's text.
    ///
    /// @throws IOException when the file cannot be read, or is no capture
    /// @throws IllegalArgumentException when there is no such conversation in it, or it cannot be recorded: one
    ///     sentence
    public String record() throws IOException {
        List<Turn> turns = conversation(CaptureReader.read(file));
        if (turns.isEmpty()) {
            throw new IllegalArgumentException("there is no such conversation in " + file);
        }
        ScriptText text = new ScriptText();
        text.line("# Recorded from " + file.getFileName() + ".");
        if (turns.getFirst().is("tcp")) {
            new TcpRecording(turns, text).write();
        } else {
            new DatagramRecording(turns, text).write();
        }
        return text.toString();
    }

    // ---- which packets

    private List<Turn> conversation(List<CaptureReader.Captured> frames) {
        List<Turn> turns = new ArrayList<>();
        long start = 0;
        Layer firstIp = null;
        Layer firstInner = null;
        boolean firstFromHost = false;
        for (CaptureReader.Captured c : frames) {
            Packet p = PacketReader.frame(c.bytes());
            Layer ip = p.layer("ip");
            Layer inner = p.innermost();
            if (ip == null || !KINDS.contains(inner.kind())) {
                continue;
            }
            if (firstIp == null || firstInner == null) {
                if (!isWanted(ip, inner)) {
                    continue;
                }
                firstIp = ip;
                firstInner = inner;
                start = c.nanos();
                firstFromHost = host == null ? sender : ip.number("src", 0) == (host.v4Bits() & 0xFFFF_FFFFL);
            }
            boolean same = isForth(firstIp, firstInner, ip, inner);
            if (belongs(firstIp, firstInner, ip, inner, same)) {
                turns.add(new Turn(c.nanos() - start, same == firstFromHost, ip, inner));
            }
        }
        return turns;
    }

    private boolean isWanted(Layer ip, Layer inner) {
        long wanted = host == null ? 0 : host.v4Bits() & 0xFFFF_FFFFL;
        boolean addressed = host == null || ip.number("src", 0) == wanted || ip.number("dst", 0) == wanted;
        return addressed && (port == 0 || inner.number("sport", 0) == port || inner.number("dport", 0) == port);
    }

    /// Whether a packet goes the way of the first one: on a loopback the addresses do not tell.
    private static boolean isForth(Layer firstIp, Layer first, Layer ip, Layer inner) {
        boolean kind = inner.kind().equals(first.kind());
        boolean ends = !kind
                || inner.number("sport", 0) == first.number("sport", 0)
                        && inner.number("type", 0) == first.number("type", 0);
        return ip.number("src", 0) == firstIp.number("src", 0) && ends;
    }

    /// Whether a packet is of the conversation of the first one; errors of ICMP between the two hosts are.
    private static boolean belongs(Layer firstIp, Layer first, Layer ip, Layer inner, boolean same) {
        String from = same ? "src" : "dst";
        String to = same ? "dst" : "src";
        if (ip.number(from, 0) != firstIp.number("src", 0) || ip.number(to, 0) != firstIp.number("dst", 0)) {
            return false;
        }
        if (!inner.kind().equals(first.kind())) {
            return inner.kind().equals("icmp")
                    && inner.get("quotes") != null
                    && first.kind().equals("udp");
        }
        if (inner.kind().equals("icmp")) {
            return inner.number("id", 0) == first.number("id", 0);
        }
        return inner.number(same ? "sport" : "dport", 0) == first.number("sport", 0)
                && inner.number(same ? "dport" : "sport", 0) == first.number("dport", 0);
    }
}
