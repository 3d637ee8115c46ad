package dev.netstack4j.testkit.script.record;

import dev.netstack4j.testkit.script.model.Fields;
import dev.netstack4j.testkit.script.model.TcpOption;
import dev.netstack4j.testkit.script.model.Value;
import dev.netstack4j.testkit.script.wire.PacketText;
import java.util.ArrayList;
import java.util.List;

/// A connection of TCP as a script. The packets are as they were; what the application did is concluded from them: it
/// connected or accepted, wrote what ends with PSH, and closed where the FIN is. What it read does not show, so the
/// script reads now and then.
final class TcpRecording {
    private static final int READ_OFTEN = 8192;
    private static final int SMALL = 8000;
    private static final long AT_ONCE = 1_000_000;
    private static final int LARGEST_MTU = 9000;

    private final List<Turn> turns;
    private final ScriptText text;
    private final boolean active;
    private final long hostStart;
    private final long peerStart;
    private final int segment;
    private final List<long[]> received = new ArrayList<>();
    private long written = 1;
    private long read = 1;
    private boolean accepted;
    private boolean closed;

    /// @param turns the packets of the connection
    /// @throws IllegalArgumentException when they do not begin with its SYN
    TcpRecording(List<Turn> turns, ScriptText text) {
        this.turns = Bursts.untangled(turns);
        this.text = text;
        Turn first = turns.getFirst();
        if (!first.has("SYN") || first.has("ACK")) {
            throw new IllegalArgumentException("the capture does not begin with the SYN of the connection");
        }
        active = first.fromHost();
        accepted = active;
        hostStart = start(true);
        peerStart = start(false);
        segment = segmentSize();
    }

    private long start(boolean host) {
        return turns.stream()
                .filter(t -> t.fromHost() == host && t.has("SYN"))
                .mapToLong(t -> t.position("seq"))
                .findFirst()
                .orElse(0);
    }

    /// The most that the host puts into a segment: captures may have larger ones, which the card cuts.
    private int segmentSize() {
        long peers = mss(false, 536);
        long own = mss(true, 1460);
        boolean stamps = turns.stream().anyMatch(t -> t.fromHost() && !t.has("SYN") && option(t, TcpOption.TS) != null);
        return Math.max(1, (int) Math.min(peers, own) - (stamps ? 12 : 0));
    }

    private long mss(boolean host, long otherwise) {
        for (Turn t : turns) {
            TcpOption o = t.fromHost() == host && t.has("SYN") ? option(t, TcpOption.MSS) : null;
            if (o != null && o.numbers().getFirst() instanceof Value.Exact n) {
                return n.value();
            }
        }
        return otherwise;
    }

    private static @org.jspecify.annotations.Nullable TcpOption option(Turn t, int kind) {
        for (TcpOption o : t.options().list()) {
            if (o.kind() == kind) {
                return o;
            }
        }
        return null;
    }

    // ---- writing

    void write() {
        settings();
        text.line("");
        opening();
        for (int i = 0; i < turns.size(); i++) {
            Turn t = turns.get(i);
            if (t.fromHost()) {
                host(t, i);
            } else {
                peer(t, i == 0);
            }
        }
    }

    private void settings() {
        long own = mss(true, 1460);
        if (own + 40 > LARGEST_MTU) {
            throw new IllegalArgumentException("the host's MSS of " + own + " needs a larger MTU than scripts have");
        }
        if (own != 1460) {
            text.line("mtu " + (own + 40));
        }
        setting(TcpOption.TS, "net.ipv4.tcp_timestamps");
        setting(TcpOption.SACKOK, "net.ipv4.tcp_sack");
        setting(TcpOption.WS, "net.ipv4.tcp_window_scaling");
    }

    /// An option that the host did not offer, or did not take, was switched off there.
    private void setting(int kind, String name) {
        boolean own = turns.stream().anyMatch(t -> t.fromHost() && t.has("SYN") && option(t, kind) != null);
        boolean peers = turns.stream().anyMatch(t -> !t.fromHost() && t.has("SYN") && option(t, kind) != null);
        if (!own && (active || peers)) {
            text.line("sysctl " + name + " = 0");
        }
    }

    private void opening() {
        Turn first = turns.getFirst();
        if (active) {
            text.call("c = socket(tcp, nonblock)");
            buffer();
            text.call("connect(c, " + first.inner().number("dport", 0) + ") = EINPROGRESS");
        } else {
            text.call("l = socket(tcp)");
            text.call("setsockopt(l, SO_REUSEADDR, 1) = 0");
            text.call("bind(l, " + first.inner().number("dport", 0) + ") = 0");
            text.call("listen(l, 5) = 0");
        }
    }

    private void buffer() {
        long all = turns.stream()
                .filter(Turn::fromHost)
                .mapToLong(t -> end(t))
                .max()
                .orElse(1);
        if (all > SMALL) {
            text.call("setsockopt(c, SO_SNDBUF, " + all * 2 + ") = 0");
        }
    }

    // ---- the peer

    private void peer(Turn t, boolean first) {
        if (unread() >= READ_OFTEN) {
            read();
        }
        String ports = first ? t.inner().number("sport", 0) + ">" + t.inner().number("dport", 0) + " " : "";
        StringBuilder s = new StringBuilder("in  tcp ").append(ports).append(flags(t, false));
        s.append(" seq ").append(relative(t.position("seq"), peerStart));
        if (t.has("ACK")) {
            s.append(" ack ").append(relative(t.position("ack"), hostStart));
        }
        s.append(" win ").append(t.inner().number("win", 0)).append(options(t, hostStart));
        text.event(t.nanos(), s.append(data(t.payload())).toString());
        receivedFrom(t);
        if (!accepted && t.has("ACK") && !t.has("SYN") && !t.has("RST")) {
            accepted = true;
            text.call("c = accept(l)");
            buffer();
        }
    }

    private void receivedFrom(Turn t) {
        long from = relative(t.position("seq"), peerStart);
        if (t.payload() > 0 && accepted || t.payload() > 0 && !t.has("SYN")) {
            received.add(new long[] {from, from + t.payload()});
        }
    }

    /// Bytes that are there in order and not read.
    private long unread() {
        long end = read;
        boolean more = true;
        while (more) {
            more = false;
            for (long[] r : received) {
                if (r[0] <= end && r[1] > end) {
                    end = r[1];
                    more = true;
                }
            }
        }
        return end - read;
    }

    private void read() {
        long n = unread();
        if (n > 0 && accepted) {
            text.call("recv(c, " + n + ") = " + n);
            read += n;
        }
    }

    // ---- the host

    private void host(Turn t, int index) {
        long end = end(t);
        boolean wrote = t.payload() > 0 && end > written;
        if (wrote) {
            long until = endOfWrite(index);
            boolean finWithIt =
                    turns.stream().anyMatch(o -> o.fromHost() && o.has("FIN") && o.payload() > 0 && end(o) == until);
            String more = finWithIt ? ", MSG_MORE" : "";
            text.event(t.nanos(), "call send(c, " + (until - written) + more + ") = " + (until - written));
            written = until;
        }
        if (t.has("FIN") && !closed) {
            close(t, index);
        } else if (t.has("RST") && !closed && !answers(t, index) && accepted) {
            closed = true;
            text.event(t.nanos(), "call setsockopt(c, SO_LINGER, 1, 0) = 0");
            text.call("close(c) = 0");
        }
        out(t);
    }

    private boolean answers(Turn t, int index) {
        return index > 0
                && !turns.get(index - 1).fromHost()
                && t.nanos() - turns.get(index - 1).nanos() < AT_ONCE;
    }

    private void close(Turn t, int index) {
        closed = true;
        if (unread() > 0) {
            read();
        }
        boolean half = turns.subList(index, turns.size()).stream()
                .anyMatch(o -> !o.fromHost() && o.payload() > 0 && relative(o.position("seq"), peerStart) >= read);
        text.event(t.nanos(), half ? "call shutdown(c, write) = 0" : "call close(c) = 0");
    }

    private long end(Turn t) {
        return relative(t.position("seq"), hostStart) + t.payload() + (t.has("SYN") ? 1 : 0);
    }

    /// A write ends with the first segment from here that has PSH.
    private long endOfWrite(int index) {
        long most = written;
        for (Turn t : turns.subList(index, turns.size())) {
            if (t.fromHost() && t.payload() > 0) {
                most = Math.max(most, end(t));
                if (t.has("PSH") && end(t) > written) {
                    return most;
                }
            }
        }
        return most;
    }

    private void out(Turn t) {
        int left = t.payload();
        long seq = relative(t.position("seq"), hostStart);
        do {
            int now = Math.min(left, segment);
            left -= now;
            text.out(t.nanos(), "tcp " + packet(t, seq, now, left == 0));
            seq += now;
        } while (left > 0);
    }

    private String packet(Turn t, long seq, int length, boolean whole) {
        boolean first = active && t == turns.getFirst();
        StringBuilder s = new StringBuilder(first ? "*>" + t.inner().number("dport", 0) + " " : "");
        s.append(whole ? flags(t, true) : "ACK PSH?").append(" seq ").append(seq);
        if (t.has("ACK")) {
            s.append(" ack ").append(relative(t.position("ack"), peerStart));
        }
        return s.append(options(t, peerStart)).append(data(length)).toString();
    }

    // ---- parts of packets

    private static String data(int length) {
        return length > 0 ? " data " + length : "";
    }

    private static long relative(long position, long start) {
        return (int) (position - start);
    }

    private static String flags(Turn t, boolean expected) {
        Value.Flags f = t.inner().get("flags") instanceof Value.Flags set ? set : new Value.Flags(0, 0);
        int psh = 1 << Fields.FLAGS.indexOf("PSH");
        if (!expected || t.payload() == 0) {
            return PacketText.flags(f);
        }
        return PacketText.flags(new Value.Flags(f.set() & ~psh, 0)) + " PSH?";
    }

    private static String options(Turn t, long blocksFrom) {
        List<String> parts = new ArrayList<>();
        for (TcpOption o : t.options().list()) {
            String part = OptionText.of(o, t.fromHost(), t.has("SYN") && !t.has("ACK"), blocksFrom);
            if (!part.isEmpty()) {
                parts.add(part);
            }
        }
        return parts.isEmpty() ? "" : " <" + String.join(", ", parts) + ">";
    }
}
