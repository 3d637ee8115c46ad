package dev.netstack4j.cli.control.calls;

import dev.netstack4j.api.socket.OptionValue;
import dev.netstack4j.api.socket.SocketOption;
import dev.netstack4j.api.socket.SystemCalls;
import dev.netstack4j.cli.control.host.Execution;
import dev.netstack4j.cli.control.session.Call;
import dev.netstack4j.cli.control.session.Descriptor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The op `sockets`: what `ss` would show of the sockets that sessions hold. Connections that nobody holds any more
/// (TIME-WAIT and the like) are not in it.
final class SocketList {
    private static final int STREAM = 1;
    private static final int SIOCINQ = 0x541B;
    private static final int SIOCOUTQ = 0x5411;
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
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Descriptor d : call.session().descriptors().all()) {
            if (d.events() == null) {
                rows.add(row(d));
            }
        }
        call.reply().result(0);
        call.reply().put("sockets", rows);
    }

    private Map<String, Object> row(Descriptor d) {
        SystemCalls sockets = execution.host().stack().sockets();
        Map<String, Object> row = new LinkedHashMap<>();
        long type = option(sockets, d, SocketOption.SOL_SOCKET, SocketOption.SO_TYPE)
                .number();
        OptionValue info = option(sockets, d, SocketOption.SOL_TCP, SocketOption.TCP_INFO);
        row.put("fd", d.number());
        row.put("type", type);
        row.put(
                "protocol",
                option(sockets, d, SocketOption.SOL_SOCKET, SocketOption.SO_PROTOCOL)
                        .number());
        row.put("state", state(type, info));
        row.put("recv_q", queue(sockets, d, SIOCINQ));
        row.put("send_q", queue(sockets, d, SIOCOUTQ));
        Addresses.put(row, "local", sockets.name(d.socket(), false));
        Addresses.put(row, "peer", sockets.name(d.socket(), true));
        return row;
    }

    private static String state(long type, OptionValue info) {
        int state = info.fields().getOrDefault("tcpi_state", 0L).intValue();
        return type == STREAM && state > 0 && state < STATES.size() ? STATES.get(state) : "UNCONN";
    }

    private static OptionValue option(SystemCalls sockets, Descriptor d, int level, int name) {
        OptionValue v = new OptionValue();
        sockets.getsockopt(d.socket(), level, name, v);
        return v;
    }

    private static long queue(SystemCalls sockets, Descriptor d, int request) {
        OptionValue v = new OptionValue();
        return sockets.ioctl(d.socket(), request, v) < 0 ? 0 : v.number();
    }
}
