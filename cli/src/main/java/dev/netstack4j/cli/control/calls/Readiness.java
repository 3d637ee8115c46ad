package dev.netstack4j.cli.control.calls;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.socket.EventPoll;
import dev.netstack4j.api.socket.SystemCalls;
import dev.netstack4j.cli.control.host.Execution;
import dev.netstack4j.cli.control.message.Fault;
import dev.netstack4j.cli.control.message.Request;
import dev.netstack4j.cli.control.session.Call;
import dev.netstack4j.cli.control.session.Descriptor;
import dev.netstack4j.cli.control.session.Descriptors;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// poll and epoll.
final class Readiness {
    private static final long MILLI = 1_000_000L;
    private static final int CLOEXEC = 0x80000;
    private static final int NOT_OPEN = Integer.MAX_VALUE;
    private static final int MOST_EVENTS = 4096;

    private final Execution execution;

    Readiness(Execution execution) {
        this.execution = execution;
    }

    private SystemCalls sockets() {
        return execution.host().stack().sockets();
    }

    private static long timeout(Request r) throws Fault {
        int millis = r.integer("timeout", -1);
        return millis < 0 ? -1 : millis * MILLI;
    }

    /// A pair of whole numbers as it stands in a list.
    private static int[] pair(String field, @Nullable Object value) throws Fault {
        if (value instanceof List<?> l && l.size() == 2 && l.getFirst() instanceof Long fd) {
            return new int[] {fd.intValue(), Request.asConstant(field, l.get(1))};
        }
        throw Fault.field(field, "must hold pairs of a descriptor and its events");
    }

    // ---- poll

    void poll(Call call) throws Fault {
        List<?> asked = call.request().list("fds");
        long timeout = timeout(call.request());
        if (asked.size() > Descriptors.END) {
            call.reply().result(Errno.EINVAL.negative());
            return;
        }
        int[] fds = new int[asked.size()];
        int[] events = new int[fds.length];
        for (int i = 0; i < fds.length; i++) {
            int[] one = pair("fds", asked.get(i));
            fds[i] = one[0];
            events[i] = one[1];
        }
        for (int i = 0; i < fds.length; i++) {
            fds[i] = fds[i] < 0 ? fds[i] : numberOf(call, fds[i]);
        }
        int[] revents = new int[fds.length];
        if (call.reply().result(sockets().poll(fds, events, revents, timeout))) {
            List<Integer> bits = new ArrayList<>();
            for (int b : revents) {
                bits.add(b);
            }
            call.reply().put("revents", bits);
        }
    }

    private static int numberOf(Call call, int fd) {
        Descriptor d = call.use(fd);
        return d == null ? NOT_OPEN : d.socket();
    }

    // ---- epoll

    void epollCreate(Call call) throws Fault {
        int flags = call.request().constant("flags", 0);
        if ((flags & ~CLOEXEC) != 0) {
            call.reply().result(Errno.EINVAL.negative());
            return;
        }
        EventPoll set = sockets().eventPoll();
        int file = set.fd();
        Descriptors table = call.session().descriptors();
        int number = file < 0
                ? file
                : table.addEvents(set, file, new Descriptor.Flags(false), flags != 0, Descriptors.FIRST);
        if (number < 0) {
            set.close();
        }
        call.reply().result(number);
    }

    void epollCtl(Call call) throws Fault {
        Request r = call.request();
        int op = r.constant("operation");
        int target = r.integer("fd");
        Object given = r.raw("event");
        List<?> event = given instanceof List<?> l ? l : List.of();
        Descriptor set = call.use(r.integer("epfd"));
        Descriptor d = call.use(target);
        call.reply().result(control(set, d, op, event));
    }

    private static int control(@Nullable Descriptor set, @Nullable Descriptor d, int op, List<?> event) throws Fault {
        if (set == null || d == null) {
            return Errno.EBADF.negative();
        }
        EventPoll events = set.events();
        if (events == null || d.events() == events) {
            return Errno.EINVAL.negative();
        }
        return switch (op) {
            case 1 -> events.add(d.socket(), wanted(event), data(event));
            case 2 -> events.remove(d.socket());
            case 3 -> events.modify(d.socket(), wanted(event), data(event));
            default -> Errno.EINVAL.negative();
        };
    }

    private static int wanted(List<?> event) throws Fault {
        if (event.isEmpty()) {
            throw Fault.field("event", "must be a pair of events and data");
        }
        return Request.asConstant("event", event.getFirst());
    }

    private static long data(List<?> event) throws Fault {
        if (event.size() == 2 && event.get(1) instanceof Long n) {
            return n;
        }
        throw Fault.field("event", "must be a pair of events and data");
    }

    void epollWait(Call call) throws Fault {
        Request r = call.request();
        int most = r.integer("maxevents");
        long timeout = timeout(r);
        Descriptor d = call.use(r.integer("epfd"));
        EventPoll set = d == null ? null : d.events();
        if (d == null || set == null || most <= 0) {
            call.reply().result(d == null ? Errno.EBADF.negative() : Errno.EINVAL.negative());
            return;
        }
        int[] events = new int[Math.min(most, MOST_EVENTS)];
        long[] data = new long[events.length];
        int n = set.await(events, data, timeout);
        if (call.reply().result(n)) {
            List<List<Long>> told = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                told.add(List.of(Integer.toUnsignedLong(events[i]), data[i]));
            }
            call.reply().put("events", told);
        }
    }
}
