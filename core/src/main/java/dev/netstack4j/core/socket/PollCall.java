package dev.netstack4j.core.socket;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.WaitQueue;
import dev.netstack4j.api.socket.PollEvents;
import org.jspecify.annotations.Nullable;

/// One poll call: looks at each descriptor, and when none is ready waits until any of them says something.
@Linux("fs/select.c#do_poll")
final class PollCall implements Poller {
    private final @Nullable OpenFile[] files;
    private final WaitQueue waiting;
    private final int[] fds;
    private final int[] events;
    private final int[] revents;

    /// The files are looked up once: a descriptor that is closed and taken anew meanwhile is not looked at.
    PollCall(FdTable table, WaitQueue waiting, int[] fds, int[] events, int[] revents) {
        this.waiting = waiting;
        this.fds = fds;
        this.events = events;
        this.revents = revents;
        files = new @Nullable OpenFile[fds.length];
        for (int i = 0; i < fds.length; i++) {
            files[i] = table.get(fds[i]);
        }
    }

    @Override
    public void happened(int bits, Cpu cpu) {
        waiting.wakeAll(cpu);
    }

    /// Looks once.
    ///
    /// @return how many descriptors have bits
    int look() {
        int ready = 0;
        for (int i = 0; i < fds.length; i++) {
            revents[i] = bits(i);
            ready += revents[i] != 0 ? 1 : 0;
        }
        return ready;
    }

    private int bits(int i) {
        if (fds[i] < 0) {
            return 0; // such an entry is skipped, as POSIX says
        }
        OpenFile file = files[i];
        int always = PollEvents.ERR | PollEvents.HUP | PollEvents.NVAL;
        return file == null ? PollEvents.NVAL : file.operations().poll(file) & (events[i] | always);
    }

    /// Waits until something is ready.
    ///
    /// @return number of descriptors with bits; 0 when the deadline passed; EINTR
    int await(long deadlineNanos) {
        watch();
        try {
            while (true) {
                long ticket = waiting.ticket();
                int ready = look();
                if (ready > 0) {
                    return ready;
                }
                int waited = SocketRuntime.await(waiting, ticket, deadlineNanos);
                if (waited != 0) {
                    return waited == Errno.EAGAIN.negative() ? 0 : waited;
                }
            }
        } finally {
            unwatch();
        }
    }

    private void watch() {
        for (OpenFile file : files) {
            if (file != null) {
                file.operations().watch(file, this);
            }
        }
    }

    private void unwatch() {
        for (OpenFile file : files) {
            if (file != null) {
                file.operations().unwatch(file, this);
            }
        }
    }
}
