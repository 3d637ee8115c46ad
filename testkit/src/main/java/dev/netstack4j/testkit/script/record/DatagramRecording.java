package dev.netstack4j.testkit.script.record;

import dev.netstack4j.testkit.script.text.IcmpNames;
import java.util.List;

/// Datagrams of UDP between two ports, or echoes, as a script. Whoever has a port has a socket, unless the host answers
/// that it has none.
final class DatagramRecording {
    private final List<Turn> turns;
    private final ScriptText text;

    DatagramRecording(List<Turn> turns, ScriptText text) {
        this.turns = turns;
        this.text = text;
    }

    void write() {
        text.line("");
        Turn first = turns.getFirst();
        boolean socket = turns.stream().anyMatch(t -> t.is("udp"))
                && turns.stream().noneMatch(t -> t.fromHost() && t.is("icmp"));
        if (socket) {
            text.call("s = socket(udp)");
            if (!first.fromHost()) {
                text.call("bind(s, " + first.inner().number("dport", 0) + ") = 0");
            }
        }
        for (int i = 0; i < turns.size(); i++) {
            Turn t = turns.get(i);
            if (t.fromHost()) {
                host(t, i);
            } else {
                text.event(t.nanos(), "in  " + packet(t, i == 0));
                if (socket && t.is("udp")) {
                    text.call("recv(s, 65535) = " + t.payload());
                }
            }
        }
    }

    private void host(Turn t, int i) {
        if (!t.is("udp")) {
            text.out(t.nanos(), t.is("icmp") && isError(t) ? "icmp " + name(t) + " quotes last" : packet(t, false));
            return;
        }
        long port = t.inner().number("dport", 0);
        text.event(t.nanos(), "call sendto(s, " + t.payload() + ", 10.0.0.2:" + port + ") = " + t.payload());
        text.out(t.nanos(), packet(t, i == 0));
    }

    private static boolean isError(Turn t) {
        return t.inner().get("quotes") != null;
    }

    private static String name(Turn t) {
        return IcmpNames.name(t.inner().number("type", 0), t.inner().number("code", 0));
    }

    private static String packet(Turn t, boolean first) {
        StringBuilder s = new StringBuilder(t.is("udp") ? "udp" : "icmp " + name(t));
        if (t.is("udp") && first) {
            s.append(' ').append(t.fromHost() ? "*" : String.valueOf(t.inner().number("sport", 0)));
            s.append('>').append(t.inner().number("dport", 0));
        }
        if (t.is("icmp")) {
            s.append(" id ").append(t.inner().number("id", 0));
            s.append(" seq ").append(t.inner().number("seq", 0));
        }
        return s.append(t.payload() > 0 ? " data " + t.payload() : "").toString();
    }
}
