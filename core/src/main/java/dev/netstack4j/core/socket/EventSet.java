package dev.netstack4j.core.socket;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.SpinLock;
import dev.netstack4j.api.runtime.WaitQueue;
import dev.netstack4j.api.socket.EventPoll;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Watched descriptors, and a list of those that something happened to. A wait takes them off in order, looks whether
/// they are still ready, and puts level-triggered ones back at the end.
@Linux("fs/eventpoll.c#eventpoll")
final class EventSet implements EventPoll {
    private final FdTable table;
    private final SpinLock lock;
    private final WaitQueue waiting;
    private final SocketRuntime runtime;
    private volatile List<Watch> watches = List.of(); // replaced on change, under lock
    private @Nullable Watch first; // the ready list, under lock
    private @Nullable Watch last;
    private int ready;
    private volatile boolean closed;

    EventSet(FdTable table, SocketRuntime runtime) {
        this.table = table;
        this.runtime = runtime;
        this.lock = runtime.sync().spinLock("event.set");
        this.waiting = runtime.sync().waitQueue("event.set");
    }

    // ---- what is watched

    @Override
    @Linux("fs/eventpoll.c#ep_insert")
    public int add(int fd, int events, long data) {
        OpenFile file = table.get(fd);
        if (file == null || closed) {
            return Errno.EBADF.negative();
        }
        forgetClosed();
        if (find(fd, file) != null) {
            return Errno.EEXIST.negative();
        }
        Watch w = new Watch(this, fd, file);
        replace(null, w);
        file.socket().state().addPoller(w);
        w.want(events, data);
        return 0;
    }

    @Override
    @Linux("fs/eventpoll.c#ep_modify")
    public int modify(int fd, int events, long data) {
        OpenFile file = table.get(fd);
        if (file == null) {
            return Errno.EBADF.negative();
        }
        Watch w = find(fd, file);
        if (w == null) {
            return Errno.ENOENT.negative();
        }
        w.want(events, data);
        return 0;
    }

    @Override
    @Linux("fs/eventpoll.c#ep_remove")
    public int remove(int fd) {
        OpenFile file = table.get(fd);
        if (file == null) {
            return Errno.EBADF.negative();
        }
        Watch w = find(fd, file);
        if (w == null) {
            return Errno.ENOENT.negative();
        }
        forget(w);
        return 0;
    }

    private @Nullable Watch find(int fd, OpenFile file) {
        for (Watch w : watches) {
            if (w.isOf(fd, file)) {
                return w;
            }
        }
        return null;
    }

    private void replace(@Nullable Watch out, @Nullable Watch in) {
        while (true) {
            List<Watch> before = watches;
            List<Watch> changed = new ArrayList<>(before);
            changed.remove(out);
            if (in != null) {
                changed.add(in);
            }
            lock.lock();
            boolean done = watches == before;
            if (done) {
                watches = changed;
            }
            lock.unlock();
            if (done) {
                return;
            }
        }
    }

    private void forget(Watch w) {
        w.stop();
        replace(w, null);
    }

    private void forgetClosed() {
        for (Watch w : watches) {
            if (w.isClosed()) {
                forget(w);
            }
        }
    }

    // ---- what is ready

    /// Something happened to a descriptor. Any context on `cpu`.
    void happened(Watch w, Cpu cpu) {
        queue(w);
        waiting.wakeAll(cpu);
    }

    /// It was found ready in process context.
    void found(Watch w) {
        queue(w);
        waiting.wakeAll();
    }

    private void queue(Watch w) {
        lock.lock();
        if (!w.queued) {
            w.queued = true;
            w.next = null;
            if (last == null) {
                first = w;
            } else {
                last.next = w;
            }
            last = w;
            ready++;
        }
        lock.unlock();
    }

    private @Nullable Watch take() {
        lock.lock();
        Watch w = first;
        if (w != null) {
            first = w.next;
            last = first == null ? null : last;
            w.queued = false;
            ready--;
        }
        lock.unlock();
        return w;
    }

    @Override
    @Linux("fs/eventpoll.c#ep_poll")
    public int await(int[] events, long[] data, long timeoutNanos) {
        long deadline = runtime.deadline(Math.max(0, timeoutNanos));
        while (true) {
            long ticket = waiting.ticket();
            if (closed) {
                return Errno.EBADF.negative();
            }
            int n = collect(events, data);
            if (n > 0 || timeoutNanos == 0) {
                return n;
            }
            int waited = SocketRuntime.await(waiting, ticket, deadline);
            if (waited != 0) {
                return waited == Errno.EAGAIN.negative() ? 0 : waited;
            }
        }
    }

    @Linux("fs/eventpoll.c#ep_send_events")
    private int collect(int[] events, long[] data) {
        int told = 0;
        for (int left = ready; left > 0 && told < events.length; left--) {
            Watch w = take();
            if (w == null) {
                return told;
            }
            if (w.isClosed()) {
                forget(w);
                continue;
            }
            int bits = w.look();
            if (bits != 0) {
                events[told] = bits;
                data[told++] = w.data();
                if (w.told()) {
                    queue(w);
                }
            }
        }
        return told;
    }

    @Override
    public void close() {
        closed = true;
        for (Watch w : watches) {
            forget(w);
        }
        waiting.wakeAll();
    }
}
