package dev.netstack4j.systemtests.tracing;

import dev.netstack4j.systemtests.tracing.Trace.Frame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// A trace as text, without what depends on time or chance. For each direction the lines of ARP, ICMP, UDP and TCP
/// stand in the order of the frames. Masked are: IP ids and header checksums, ICMP ids, transport checksums, ephemeral
/// ports (written as `eph`), and TCP's numbers, which are written relative to the first of each direction; timestamps
/// are switched off by sysctl. Of ARP and TCP a frame that is there twice counts once (a machine that stalls makes
/// timers retransmit). Of TCP, acknowledgements without data, windows, PSH and how the stream is cut into segments
/// depend on when the reader runs and are left out: what stays is the handshake with its options, the bytes of the
/// stream by their numbers, and the close.
final class Masked {
    private static final int FIRST_EPHEMERAL = 32768;

    private final List<String> lines = new ArrayList<>();
    private final Map<String, Integer> firstSeq = new HashMap<>(); // looked up only
    private final Map<String, StringBuilder> streams = new HashMap<>(); // looked up only

    private Masked() {}

    /// The lines of one direction.
    static List<String> of(List<Frame> frames, boolean outgoing) {
        Masked m = new Masked();
        frames.stream().filter(f -> f.outgoing() == outgoing).forEach(f -> m.add(f.bytes()));
        List<String> all = new ArrayList<>();
        for (String kind : List.of("arp", "icmp", "udp", "tcp")) {
            List<String> some = m.lines.stream().filter(l -> l.startsWith(kind)).toList();
            boolean repeats = kind.equals("arp") || kind.equals("tcp");
            all.addAll(repeats ? some.stream().distinct().toList() : some);
        }
        m.streams.forEach((name, hex) -> all.add("bytes " + hex.length() / 2 + " "
                + HexFormat.of()
                        .formatHex(Trace.sha256()
                                .digest(hex.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII)))));
        return all;
    }

    private void add(byte[] b) {
        switch (u16(b, 12)) {
            case 0x0806 ->
                lines.add("arp " + hex(b, 0, 14) + " " + u16(b, 20) + " " + hex(b, 28, 4) + " " + hex(b, 38, 4));
            case 0x0800 -> ip(b);
            default -> lines.add("arp? " + HexFormat.of().formatHex(b));
        }
    }

    private void ip(byte[] b) {
        int t = 14 + (b[14] & 15) * 4;
        int end = 14 + u16(b, 16);
        String ip = hex(b, 0, 14) + " " + hex(b, 14, 4) + " ttl " + b[22] + " " + hex(b, 26, 8) + " fragment "
                + u16(b, 20) + " ";
        switch (b[23]) {
            case 1 -> lines.add("icmp " + ip + b[t] + "/" + b[t + 1] + " " + hex(b, t + 6, end - t - 6));
            case 17 -> lines.add("udp " + ip + ports(b, t) + hex(b, t + 8, end - t - 8));
            case 6 -> tcp(b, t, end);
            default -> lines.add("icmp? " + ip + hex(b, t, end - t));
        }
    }

    private void tcp(byte[] b, int t, int end) {
        int flags = b[t + 13] & 0x3F;
        String ports = ports(b, t);
        int payload = t + (b[t + 12] >> 4 & 15) * 4;
        int seq = u16(b, t + 4) << 16 | u16(b, t + 6);
        int relative = seq - firstSeq.computeIfAbsent(ports, p -> seq);
        if ((flags & 7) != 0) {
            int fin = (flags & 1) != 0 ? end - payload : 0;
            lines.add("tcp " + ports + "flags " + (flags & 0x17) + " seq " + (relative + fin) + " options "
                    + ((flags & 2) != 0 ? hex(b, t + 20, payload - t - 20) : ""));
        }
        StringBuilder stream = streams.computeIfAbsent(ports, p -> new StringBuilder());
        int known = stream.length() / 2 + 1; // relative number of the next byte
        if (end > payload && relative == known) {
            stream.append(hex(b, payload, end - payload));
        }
    }

    private static String ports(byte[] b, int t) {
        return port(u16(b, t)) + ">" + port(u16(b, t + 2)) + " ";
    }

    private static String port(int p) {
        return p >= FIRST_EPHEMERAL ? "eph" : Integer.toString(p);
    }

    private static int u16(byte[] b, int at) {
        return (b[at] & 0xFF) << 8 | b[at + 1] & 0xFF;
    }

    private static String hex(byte[] b, int at, int n) {
        return HexFormat.of().formatHex(b, at, at + Math.max(0, n));
    }
}
