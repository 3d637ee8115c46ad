package dev.netstack4j.cli.control.calls;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.socket.EventPoll;
import dev.netstack4j.api.socket.OptionValue;
import dev.netstack4j.api.socket.SystemCalls;
import dev.netstack4j.cli.control.host.Execution;
import dev.netstack4j.cli.control.message.Fault;
import dev.netstack4j.cli.control.message.Request;
import dev.netstack4j.cli.control.session.Call;
import dev.netstack4j.cli.control.session.Descriptor;
import dev.netstack4j.cli.control.session.Descriptors;
import org.jspecify.annotations.Nullable;

/// What is done with descriptors whatever they lead to: close, fcntl, ioctl.
final class Files {
    private static final int O_RDWR = 2;
    private static final int O_NONBLOCK = 0x800;
    private static final int FIONBIO = 0x5421;

    private final Execution execution;

    Files(Execution execution) {
        this.execution = execution;
    }

    private SystemCalls sockets() {
        return execution.host().stack().sockets();
    }

    /// The descriptor of the field `fd`; null when the reply says EBADF now.
    static @Nullable Descriptor open(Call call) throws Fault {
        Descriptor d = call.use(call.request().integer("fd"));
        if (d == null) {
            call.reply().result(Errno.EBADF.negative());
        }
        return d;
    }

    /// The same for a socket; null when the reply says EBADF or ENOTSOCK now.
    static @Nullable Descriptor socket(Call call) throws Fault {
        Descriptor d = open(call);
        if (d != null && d.events() != null) {
            call.reply().result(Errno.ENOTSOCK.negative());
            return null;
        }
        return d;
    }

    void close(Call call) throws Fault {
        boolean was = execution.close(call.session(), call.request().integer("fd"));
        call.reply().result(was ? 0 : Errno.EBADF.negative());
    }

    // ---- fcntl

    void fcntl(Call call) throws Fault {
        Request r = call.request();
        int command = r.constant("cmd");
        int argument = r.constant("arg", 0);
        Descriptor d = open(call);
        if (d != null) {
            call.reply().result(fcntl(call, d, command, argument));
        }
    }

    private int fcntl(Call call, Descriptor d, int command, int argument) {
        Descriptors table = call.session().descriptors();
        return switch (command) {
            case 0 -> duplicate(table, d, argument, false);
            case 1 -> table.closeOnExec(d) ? 1 : 0;
            case 2 -> {
                table.closeOnExec(d, (argument & 1) != 0);
                yield 0;
            }
            case 3 -> O_RDWR | (d.isNonBlocking() ? O_NONBLOCK : 0);
            case 4 -> nonBlocking(d, (argument & O_NONBLOCK) != 0);
            case 1030 -> duplicate(table, d, argument, true);
            default -> Errno.EINVAL.negative();
        };
    }

    private int duplicate(Descriptors table, Descriptor d, int least, boolean closeOnExec) {
        if (least < 0 || least >= Descriptors.END) {
            return Errno.EINVAL.negative();
        }
        int second = sockets().dup(d.socket());
        if (second < 0) {
            return second;
        }
        EventPoll events = d.events();
        int number = events == null
                ? table.addSocket(second, d.flags(), closeOnExec, least)
                : table.addEvents(events, second, d.flags(), closeOnExec, least);
        if (number < 0) {
            sockets().close(second);
        }
        return number;
    }

    private int nonBlocking(Descriptor d, boolean on) {
        d.nonBlocking(on);
        return sockets().nonBlocking(d.socket(), on);
    }

    // ---- ioctl

    void ioctl(Call call) throws Fault {
        int request = call.request().constant("request");
        OptionValue value = OptionValue.of(number(call.request()));
        Descriptor d = open(call);
        if (d == null) {
            return;
        }
        if (request == FIONBIO) {
            call.reply().result(nonBlocking(d, value.number() != 0));
        } else if (d.events() != null) {
            call.reply().result(Errno.ENOTTY.negative());
        } else if (call.reply().result(sockets().ioctl(d.socket(), request, value))) {
            call.reply().put("value", value.number());
        }
    }

    private static long number(Request r) throws Fault {
        return r.raw("value") instanceof Boolean b ? (b ? 1 : 0) : r.number("value", 0);
    }
}
