package dev.netstack4j.cli.control.calls;

import dev.netstack4j.api.socket.OptionValue;
import dev.netstack4j.api.socket.SockAddress;
import dev.netstack4j.api.socket.SocketDiag;
import dev.netstack4j.api.socket.SocketOption;
import dev.netstack4j.api.socket.SocketStatus;
import dev.netstack4j.api.socket.SystemCalls;
import dev.netstack4j.api.spi.Plugged;
import dev.netstack4j.cli.control.host.Execution;
import dev.netstack4j.cli.control.session.Call;
import dev.netstack4j.cli.control.session.Descriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The op `sockets`: what `ss -a` would show, connections that nobody holds any more and half-open ones too.
final class SocketList {
    private static final List<String> STATES = List.of(
            "UNKNOWN",
            "ESTAB",
            "SYN-SENT",
            "SYN-RECV",
            "FIN-WAIT-1",
            "FIN-WAIT-2",
            "TIME-WAIT",
            "UNCONN",
            "CLOSE-WAIT",
            "LAST-ACK",
            "LISTEN",
            "CLOSING",
            "NEW-SYN-RECV");

    private final Execution execution;

    SocketList(Execution execution) {
        this.execution = execution;
    }

    void list(Call call) {
        Map<String, Integer> held = held(call);
        List<Map<String, Object>> rows = new ArrayList<>();
        long now = execution.host().clock().nanos();
        for (SocketDiag protocol :
                execution.host().stack().service(Plugged.class).all(SocketDiag.POINT)) {
            protocol.dump(now, s -> rows.add(row(s, held)));
        }
        call.reply().result(0);
        call.reply().put("sockets", rows);
    }

    private static Map<String, Object> row(SocketStatus s, Map<String, Integer> held) {
        Map<String, Object> row = new LinkedHashMap<>();
        Integer fd =
                held.remove(ends(s.protocol(), s.type(), s.local(), s.peer().port() == 0 ? null : s.peer()));
        if (fd != null) {
            row.put("fd", fd);
        }
        row.put("type", s.type());
        row.put("protocol", s.protocol());
        row.put("state", s.state() < STATES.size() ? STATES.get(s.state()) : STATES.getFirst());
        row.put("recv_q", s.receiveQueue());
        row.put("send_q", s.sendQueue());
        Addresses.put(row, "local", s.local());
        Addresses.put(row, "peer", s.peer());
        if (s.timer() != SocketStatus.TimerKind.OFF) {
            row.put("timer", s.timer().name().toLowerCase(Locale.ROOT));
            row.put("expires", s.expiresNanos());
            row.put("retries", s.retries());
        }
        return row;
    }

    // ---- which of them the session holds

    private Map<String, Integer> held(Call call) {
        SystemCalls sockets = execution.host().stack().sockets();
        Map<String, Integer> held = new HashMap<>();
        for (Descriptor d : call.session().descriptors().all()) {
            if (d.events() == null) {
                long protocol = option(sockets, d, SocketOption.SO_PROTOCOL);
                long type = option(sockets, d, SocketOption.SO_TYPE);
                SockAddress local = sockets.name(d.socket(), false);
                held.putIfAbsent(ends(protocol, type, local, sockets.name(d.socket(), true)), d.number());
            }
        }
        return held;
    }

    private static String ends(long protocol, long type, @Nullable SockAddress local, @Nullable SockAddress peer) {
        return protocol + " " + type + " " + local + " " + peer;
    }

    private static long option(SystemCalls sockets, Descriptor d, int name) {
        OptionValue v = new OptionValue();
        sockets.getsockopt(d.socket(), SocketOption.SOL_SOCKET, name, v);
        return v.number();
    }
}
