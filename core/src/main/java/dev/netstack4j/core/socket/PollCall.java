package dev.netstack4j.core.socket;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.WaitQueue;
import dev.netstack4j.api.socket.PollEvents;
import dev.netstack4j.api.socket.Sock;
import dev.netstack4j.api.socket.SockListener;

/// One poll call: looks at each descriptor, and when none is ready waits until any of their sockets says something.
@Linux("fs/select.c#do_poll")
final class PollCall implements SockListener {
    private final FdTable table;
    private final WaitQueue waiting;
    private final int[] fds;
    private final int[] events;
    private final int[] revents;

    PollCall(FdTable table, WaitQueue waiting, int[] fds, int[] events, int[] revents) {
        this.table = table;
        this.waiting = waiting;
        this.fds = fds;
        this.events = events;
        this.revents = revents;
    }

    @Override
    public void ready(Sock sock, int happened, Cpu cpu) {
        waiting.wakeAll(cpu);
    }

    /// Looks once.
    ///
    /// @return how many descriptors have bits
    static int look(FdTable table, int[] fds, int[] events, int[] revents) {
        int ready = 0;
        for (int i = 0; i < fds.length; i++) {
            revents[i] = bits(table, fds[i], events[i]);
            ready += revents[i] != 0 ? 1 : 0;
        }
        return ready;
    }

    private static int bits(FdTable table, int fd, int wanted) {
        if (fd < 0) {
            return 0; // such an entry is skipped, as POSIX says
        }
        OpenFile file = table.get(fd);
        int always = PollEvents.ERR | PollEvents.HUP | PollEvents.NVAL;
        return file == null ? PollEvents.NVAL : file.operations().poll(file) & (wanted | always);
    }

    /// Waits until something is ready.
    ///
    /// @return number of descriptors with bits; 0 when the deadline passed; EINTR
    int await(long deadlineNanos) {
        OpenFile[] watched = watch();
        try {
            while (true) {
                long ticket = waiting.ticket();
                int ready = look(table, fds, events, revents);
                if (ready > 0) {
                    return ready;
                }
                int waited = SocketRuntime.await(waiting, ticket, deadlineNanos);
                if (waited != 0) {
                    return waited == Errno.EAGAIN.negative() ? 0 : waited;
                }
            }
        } finally {
            for (OpenFile file : watched) {
                file.socket().state().removePoller(this);
            }
        }
    }

    private OpenFile[] watch() {
        OpenFile[] watched = new OpenFile[fds.length];
        int n = 0;
        for (int fd : fds) {
            OpenFile file = table.get(fd);
            if (file != null) {
                file.socket().state().addPoller(this);
                watched[n++] = file;
            }
        }
        return java.util.Arrays.copyOf(watched, n);
    }
}
