package dev.netstack4j.core.socket;

import dev.netstack4j.api.runtime.SpinLock;
import org.jspecify.annotations.Nullable;

/// Makes poll calls, and keeps those that ended for the next: a loop that polls makes no garbage.
final class PollCalls {
    private static final int MOST_ROOM = 1024; // of one that is kept

    private final FdTable table;
    private final SocketRuntime runtime;
    private final SpinLock lock;
    private @Nullable PollCall resting; // under lock

    PollCalls(FdTable table, SocketRuntime runtime) {
        this.table = table;
        this.runtime = runtime;
        this.lock = runtime.sync().spinLock("poll.calls");
    }

    /// Looks, and waits when nothing is ready.
    ///
    /// @param timeoutNanos longest wait; 0 for none, negative for ever
    /// @return number of descriptors with bits; 0 when the time is over; EINTR
    int poll(int[] fds, int[] events, int[] revents, long timeoutNanos) {
        PollCall call = take();
        try {
            call.begin(fds, events, revents);
            int ready = call.look();
            if (ready > 0 || timeoutNanos == 0) {
                return ready;
            }
            return call.await(runtime.deadline(Math.max(0, timeoutNanos)));
        } finally {
            call.end();
            rest(call);
        }
    }

    private PollCall take() {
        lock.lock();
        PollCall call = resting;
        if (call != null) {
            resting = call.next;
            call.next = null;
        }
        lock.unlock();
        return call != null ? call : new PollCall(table, runtime.sync().waitQueue("poll"));
    }

    private void rest(PollCall call) {
        if (call.room() <= MOST_ROOM) {
            lock.lock();
            call.next = resting;
            resting = call;
            lock.unlock();
        }
    }
}
