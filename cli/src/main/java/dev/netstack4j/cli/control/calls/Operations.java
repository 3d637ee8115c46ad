package dev.netstack4j.cli.control.calls;

import dev.netstack4j.api.socket.MessageFlags;
import dev.netstack4j.cli.control.host.Execution;
import dev.netstack4j.cli.control.host.Op;
import dev.netstack4j.cli.control.host.Op.Waits;
import dev.netstack4j.cli.control.message.Fault;
import dev.netstack4j.cli.control.session.Call;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All ops by name.
public final class Operations {
    private final Map<String, Op> ops = new TreeMap<>();

    /// Ops on the stack that an execution serves.
    public Operations(Execution execution) {
        control(new Control(execution), new Time(execution), new Settings(execution), new SocketList(execution));
        sockets(new Sockets(execution), new Messages(execution), new SocketOptions(execution));
        files(new Files(execution), new Readiness(execution));
        wire(new Wire(execution), new Devices(execution));
    }

    private void add(String name, Waits waits, Call.Body body) {
        ops.put(name, new Op(waits, body));
    }

    private void quick(String name, Call.Body body) {
        add(name, Waits.NEVER, body);
    }

    private void control(Control control, Time time, Settings settings, SocketList list) {
        add("reset", Waits.ALONE, control::reset);
        quick("bye", control::bye);
        quick("interrupt", control::interrupt);
        quick("clock.now", time::now);
        quick("clock.advance", time::advance);
        quick("clock.next", time::next);
        quick("sysctl.get", settings::get);
        quick("sysctl.set", settings::set);
        quick("sysctl.list", settings::list);
        quick("stats", settings::stats);
        quick("sockets", list::list);
    }

    private void sockets(Sockets sockets, Messages messages, SocketOptions options) {
        quick("socket", sockets::socket);
        quick("bind", sockets::bind);
        add("connect", Waits.MAYBE, sockets::connect);
        quick("listen", sockets::listen);
        add("accept", Waits.MAYBE, sockets::accept);
        quick("getsockname", sockets::getsockname);
        quick("getpeername", sockets::getpeername);
        add("sendmsg", Waits.MAYBE, messages::sendmsg);
        add("recvmsg", Waits.MAYBE, messages::recvmsg);
        quick("shutdown", sockets::shutdown);
        quick("setsockopt", options::set);
        quick("getsockopt", options::get);
    }

    private void files(Files files, Readiness readiness) {
        quick("close", files::close);
        quick("fcntl", files::fcntl);
        quick("ioctl", files::ioctl);
        add("poll", Waits.MAYBE, readiness::poll);
        quick("epoll_create", readiness::epollCreate);
        quick("epoll_ctl", readiness::epollCtl);
        add("epoll_wait", Waits.MAYBE, readiness::epollWait);
    }

    private void wire(Wire wire, Devices devices) {
        quick("net.send", wire::send);
        add("net.recv", Waits.IN_REAL_TIME, wire::recv);
        quick("link.add", wire::add);
        quick("link.set", wire::set);
        quick("addr.add", devices::addAddress);
        quick("route.add", devices::addRoute);
        quick("neigh.add", devices::addNeighbour);
    }

    /// The op of a name.
    ///
    /// @return null for one that the protocol has and this server has not: the answer is ENOSYS
    /// @throws Fault when the protocol has no such op
    public @Nullable Op named(String name) throws Fault {
        Op op = ops.get(name);
        if (op != null) {
            return op;
        }
        return switch (name) {
            case "pipe", "splice", "sendfile" -> null;
            default -> throw new Fault(Fault.Kind.UNKNOWN_OP, "there is no op '" + shortened(name) + "'");
        };
    }

    private static String shortened(String name) {
        return name.length() <= 40 ? name : name.substring(0, 40) + "...";
    }

    /// The op as this one call runs it: one that says MSG_DONTWAIT needs no thread of its own.
    public static Op forCall(Op op, Call call) throws Fault {
        boolean never = op.waits() == Waits.MAYBE
                && call.request().raw("len") != null
                && (call.request().constant("flags", 0) & MessageFlags.DONTWAIT) != 0;
        return never ? new Op(Waits.NEVER, op.body()) : op;
    }
}
