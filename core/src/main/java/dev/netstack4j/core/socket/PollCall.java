package dev.netstack4j.core.socket;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.WaitQueue;
import dev.netstack4j.api.socket.PollEvents;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A poll call: looks at each descriptor, and when none is ready waits until any of them says something. Used for one
/// call after another.
@Linux("fs/select.c#do_poll")
final class PollCall implements Poller {
    private static final int[] NONE = {};

    private final FdTable table;
    private final WaitQueue waiting;
    private @Nullable OpenFile[] files = new @Nullable OpenFile[4]; // as many as there are descriptors, then null
    private int[] fds = NONE;
    private int[] events = NONE;
    private int[] revents = NONE;

    @Nullable
    PollCall next; // in the list of those that rest; under its lock

    PollCall(FdTable table, WaitQueue waiting) {
        this.table = table;
        this.waiting = waiting;
    }

    /// Begins a call. The files are looked up once: a descriptor that is closed and taken anew meanwhile is not looked
    /// at.
    void begin(int[] numbers, int[] wanted, int[] found) {
        if (files.length < numbers.length) {
            files = new @Nullable OpenFile[numbers.length];
        }
        fds = numbers;
        events = wanted;
        revents = found;
        for (int i = 0; i < numbers.length; i++) {
            files[i] = table.get(numbers[i]);
        }
    }

    /// Ends it: nothing of it is held any longer.
    void end() {
        Arrays.fill(files, 0, fds.length, null);
        fds = NONE;
        events = NONE;
        revents = NONE;
    }

    /// How many descriptors it has room for.
    int room() {
        return files.length;
    }

    /// A late word, about descriptors of an earlier call, makes this one look once more.
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
        for (int i = 0; i < fds.length; i++) {
            OpenFile file = files[i];
            if (file != null) {
                file.operations().watch(file, this);
            }
        }
    }

    private void unwatch() {
        for (int i = 0; i < fds.length; i++) {
            OpenFile file = files[i];
            if (file != null) {
                file.operations().unwatch(file, this);
            }
        }
    }
}
