package dev.netstack4j.cli.control.calls;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.socket.OptionValue;
import dev.netstack4j.api.socket.SocketOption;
import dev.netstack4j.api.socket.SystemCalls;
import dev.netstack4j.cli.control.host.Execution;
import dev.netstack4j.cli.control.message.Fault;
import dev.netstack4j.cli.control.message.Reply;
import dev.netstack4j.cli.control.message.Request;
import dev.netstack4j.cli.control.session.Call;
import dev.netstack4j.cli.control.session.Descriptor;
import java.util.HexFormat;
import java.util.Map;

/// setsockopt and getsockopt.
final class SocketOptions {
    private final Execution execution;

    SocketOptions(Execution execution) {
        this.execution = execution;
    }

    private SystemCalls sockets() {
        return execution.host().stack().sockets();
    }

    void set(Call call) throws Fault, NetException {
        Request r = call.request();
        int level = r.constant("level");
        int name = r.constant("optname");
        if (!r.has("value")) {
            throw Fault.field("value", "is missing");
        }
        Descriptor d = Files.socket(call);
        if (d != null) {
            OptionValue value = OptionForm.of(level, name).read(r.raw("value"), level);
            call.reply().result(sockets().setsockopt(d.socket(), level, name, value));
        }
    }

    void get(Call call) throws Fault {
        Request r = call.request();
        int level = r.constant("level");
        int name = r.constant("optname");
        int length = r.integer("optlen", Integer.MAX_VALUE);
        boolean asBytes = "bytes".equals(r.textOrNull("as"));
        Descriptor d = Files.socket(call);
        if (d == null) {
            return;
        }
        if (length < 0) {
            call.reply().result(Errno.EINVAL.negative());
            return;
        }
        OptionValue value = new OptionValue();
        if (call.reply().result(sockets().getsockopt(d.socket(), level, name, value))) {
            OptionForm form = OptionForm.of(level, name);
            if (asBytes) {
                bytes(call.reply(), form.bytes(value), length);
            } else {
                call.reply().put("value", form.json(value));
            }
            extras(call.reply(), form, level, name, value);
        }
    }

    private static void bytes(Reply reply, byte[] whole, int length) {
        int told = Math.min(length, whole.length);
        reply.put("value", Map.of("bytes", HexFormat.of().formatHex(whole, 0, told)))
                .put("optlen", told);
    }

    private static void extras(Reply reply, OptionForm form, int level, int name, OptionValue value) {
        boolean error = level == SocketOption.SOL_SOCKET && name == SocketOption.SO_ERROR;
        if (error && value.number() != 0) {
            reply.put("errname", Errno.of(value.number()).name());
        }
        if (form == OptionForm.TCP_INFO) {
            reply.put("absent", TcpInfoLayout.absent(value.fields()));
        }
    }
}
