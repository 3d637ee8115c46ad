package dev.netstack4j.cli.control.calls;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.MessageFlags;
import dev.netstack4j.api.socket.SockAddress;
import dev.netstack4j.api.socket.SocketOption;
import dev.netstack4j.api.socket.SystemCalls;
import dev.netstack4j.cli.control.host.Execution;
import dev.netstack4j.cli.control.message.Fault;
import dev.netstack4j.cli.control.message.Reply;
import dev.netstack4j.cli.control.message.Request;
import dev.netstack4j.cli.control.session.Call;
import dev.netstack4j.cli.control.session.Descriptor;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// sendmsg and recvmsg. The stack makes no control messages and obeys none: those of IP are refused where Linux would
/// read them, those that Linux skips are skipped.
final class Messages {
    /// Most bytes of one call: their hex digits fit into a line.
    static final int MOST_BYTES = 2_000_000;

    private static final int FASTOPEN = 0x2000_0000;
    private static final int STREAM = 1;

    private final Execution execution;

    Messages(Execution execution) {
        this.execution = execution;
    }

    private SystemCalls sockets() {
        return execution.host().stack().sockets();
    }

    // ---- sending

    void sendmsg(Call call) throws Fault {
        Request r = call.request();
        byte[] payload = payload(r);
        int flags = r.constant("flags", 0);
        SockAddress to = Addresses.optional(r);
        List<Request> controls = r.objects("cmsgs");
        Descriptor d = Files.socket(call);
        if (d == null) {
            return;
        }
        Errno refused = refused(d, flags, controls);
        if (refused != null) {
            call.reply().result(refused.negative());
            return;
        }
        Message m = new Message().bytes(payload, 0, payload.length).flags(flags).to(to);
        call.reply().result(sockets().sendmsg(d.socket(), m));
    }

    private static byte[] payload(Request r) throws Fault {
        int forms = (r.has("data") ? 1 : 0) + (r.has("text") ? 1 : 0) + (r.has("zeros") ? 1 : 0);
        if (forms > 1) {
            throw Fault.field("data", "stands beside 'text' or 'zeros'; give one of the three");
        }
        if (r.has("data")) {
            return r.hex("data");
        }
        if (r.has("text")) {
            return r.text("text").getBytes(StandardCharsets.UTF_8);
        }
        long zeros = r.number("zeros", 0);
        if (zeros < 0 || zeros > MOST_BYTES) {
            throw Fault.field("zeros", "is not in 0.." + MOST_BYTES);
        }
        return new byte[(int) zeros];
    }

    private @org.jspecify.annotations.Nullable Errno refused(Descriptor d, int flags, List<Request> controls)
            throws Fault {
        boolean stream = number(d, SocketOption.SO_TYPE) == STREAM;
        for (Request c : controls) {
            int level = c.constant("level");
            int type = c.constant("type");
            c.hex("data");
            boolean read = level == SocketOption.SOL_SOCKET ? type > 2 : level == SocketOption.SOL_IP && !stream;
            if (read) {
                return Errno.EINVAL;
            }
        }
        return (flags & FASTOPEN) != 0 && stream ? Errno.EOPNOTSUPP : null;
    }

    private long number(Descriptor d, int option) {
        dev.netstack4j.api.socket.OptionValue v = new dev.netstack4j.api.socket.OptionValue();
        sockets().getsockopt(d.socket(), SocketOption.SOL_SOCKET, option, v);
        return v.number();
    }

    // ---- receiving

    void recvmsg(Call call) throws Fault {
        Request r = call.request();
        long wanted = r.number("len");
        int flags = r.constant("flags", 0);
        boolean dropped = "none".equals(r.textOrNull("want"));
        if (wanted < 0) {
            throw Fault.field("len", "is negative");
        }
        Descriptor d = Files.socket(call);
        if (d == null) {
            return;
        }
        if ((flags & MessageFlags.ERRQUEUE) != 0) {
            call.reply().result(Errno.EAGAIN.negative()); // as where the queue of errors is empty: there is none here
            return;
        }
        byte[] into = new byte[(int) Math.min(wanted, MOST_BYTES)];
        Message m = new Message().bytes(into, 0, into.length).flags(flags);
        if (call.reply().result(sockets().recvmsg(d.socket(), m))) {
            answer(call.reply(), m, into, dropped);
        }
    }

    private static void answer(Reply reply, Message m, byte[] bytes, boolean dropped) {
        if (!dropped) {
            reply.bytes("data", bytes, (int) m.done());
        }
        Addresses.put(reply, m.source());
        reply.put("msg_flags", m.resultFlags()).put("cmsgs", List.of());
    }
}
