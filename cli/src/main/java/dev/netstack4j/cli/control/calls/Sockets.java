package dev.netstack4j.cli.control.calls;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.socket.SockAddress;
import dev.netstack4j.api.socket.SocketType;
import dev.netstack4j.api.socket.SystemCalls;
import dev.netstack4j.cli.control.host.Execution;
import dev.netstack4j.cli.control.message.Fault;
import dev.netstack4j.cli.control.message.Request;
import dev.netstack4j.cli.control.session.Call;
import dev.netstack4j.cli.control.session.Descriptor;
import dev.netstack4j.cli.control.session.Descriptors;

/// Sockets and their connections: socket, bind, connect, listen, accept, shutdown and the two names.
final class Sockets {
    private static final int CLOEXEC = 0x80000;

    private final Execution execution;

    Sockets(Execution execution) {
        this.execution = execution;
    }

    private SystemCalls sockets() {
        return execution.host().stack().sockets();
    }

    void socket(Call call) throws Fault {
        Request r = call.request();
        int type = r.constant("type");
        int domain = r.constant("domain");
        int protocol = r.constant("protocol", 0);
        if (call.session().descriptors().isFull()) {
            call.reply().result(Errno.EMFILE.negative());
            return;
        }
        install(call, sockets().socket(domain, type, protocol), type);
    }

    /// Gives a new socket of the stack a number of the session.
    private int install(Call call, int socket, int type) {
        int number = socket;
        if (socket >= 0) {
            Descriptor.Flags flags = new Descriptor.Flags((type & SocketType.NONBLOCK) != 0);
            number = call.session().descriptors().addSocket(socket, flags, (type & CLOEXEC) != 0, Descriptors.FIRST);
            if (number < 0) {
                sockets().close(socket);
            }
        }
        call.reply().result(number);
        return number;
    }

    void bind(Call call) throws Fault {
        SockAddress address = Addresses.needed(call.request());
        Descriptor d = Files.socket(call);
        if (d != null) {
            call.reply().result(sockets().bind(d.socket(), address));
        }
    }

    void connect(Call call) throws Fault {
        SockAddress address = Addresses.needed(call.request());
        Descriptor d = Files.socket(call);
        if (d != null) {
            call.reply().result(sockets().connect(d.socket(), address));
        }
    }

    void listen(Call call) throws Fault {
        int backlog = call.request().integer("backlog");
        Descriptor d = Files.socket(call);
        if (d != null) {
            call.reply().result(sockets().listen(d.socket(), backlog));
        }
    }

    void accept(Call call) throws Fault {
        int flags = call.request().constant("flags", 0);
        Descriptor d = Files.open(call);
        if (d == null) {
            return;
        }
        if ((flags & ~(SocketType.NONBLOCK | CLOEXEC)) != 0) {
            call.reply().result(Errno.EINVAL.negative());
        } else if (d.events() != null) {
            call.reply().result(Errno.ENOTSOCK.negative());
        } else if (call.session().descriptors().isFull()) {
            call.reply().result(Errno.EMFILE.negative());
        } else {
            accept(call, d, flags);
        }
    }

    private void accept(Call call, Descriptor listener, int flags) {
        int child = sockets().accept(listener.socket());
        if (child >= 0) {
            sockets().nonBlocking(child, (flags & SocketType.NONBLOCK) != 0);
        }
        SockAddress peer = child < 0 ? null : sockets().name(child, true);
        if (install(call, child, flags) >= 0) {
            Addresses.put(call.reply(), peer);
        }
    }

    void shutdown(Call call) throws Fault {
        int how = call.request().constant("how");
        Descriptor d = Files.socket(call);
        if (d != null) {
            call.reply().result(sockets().shutdown(d.socket(), how));
        }
    }

    void getsockname(Call call) throws Fault {
        name(call, false);
    }

    void getpeername(Call call) throws Fault {
        name(call, true);
    }

    private void name(Call call, boolean peer) throws Fault {
        Descriptor d = Files.socket(call);
        if (d == null) {
            return;
        }
        SockAddress address = sockets().name(d.socket(), peer);
        if (call.reply().result(address == null ? Errno.ENOTCONN.negative() : 0)) {
            Addresses.put(call.reply(), address);
        }
    }
}
