package dev.netstack4j.core.socket;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.SpinLock;
import dev.netstack4j.api.runtime.WaitQueue;
import dev.netstack4j.api.socket.EventPoll;
import dev.netstack4j.api.socket.PollEvents;
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
    private final EventNesting nesting;
    private volatile List<Watch> watches = List.of(); // replaced on change, under lock
    private @Nullable Watch first; // the ready list, under lock
    private @Nullable Watch last;
    private int ready;
    private volatile @Nullable Poller[] pollers = new @Nullable Poller[0]; // republished under lock
    private volatile @Nullable OpenFile own; // this set as a file, once somebody wanted it
    private volatile int ownFd;
    private volatile boolean closed;
    long countedIn; // for EventNesting alone, as the next
    int steps;

    EventSet(FdTable table, SocketRuntime runtime, EventNesting nesting) {
        this.table = table;
        this.runtime = runtime;
        this.nesting = nesting;
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
        Watch w = new Watch(this, fd, file);
        int error = insert(w, file);
        if (error == 0) {
            w.want(events, data);
        }
        return error;
    }

    private int insert(Watch w, OpenFile file) {
        if (!(file.operations() instanceof EventFile other)) {
            return insert(w) ? 0 : Errno.EEXIST.negative();
        }
        return other.set() == this ? Errno.EINVAL.negative() : nesting.add(this, other.set(), w);
    }

    /// Puts a watch in unless its descriptor is in already.
    boolean insert(Watch w) {
        if (watches.stream().anyMatch(w::isOfSame)) {
            return false;
        }
        replace(null, w);
        w.start();
        return true;
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
        tell(PollEvents.IN, cpu);
    }

    /// It was found ready in process context.
    void found(Watch w) {
        queue(w);
        waiting.wakeAll();
        tell(PollEvents.IN);
    }

    private void tell(int events) {
        if (pollers.length != 0) {
            Cpu cpu = runtime.enter();
            try {
                tell(events, cpu);
            } finally {
                runtime.leave(cpu);
            }
        }
    }

    private void tell(int events, Cpu cpu) {
        Pollers.tell(pollers, events, cpu);
    }

    /// Whether a wait would tell anything now. Leaves everything as it is.
    @Linux("fs/eventpoll.c#__ep_eventpoll_poll")
    boolean hasReady() {
        for (Watch w : watches) {
            if (w.isReady(isQueued(w))) {
                return true;
            }
        }
        return false;
    }

    private boolean isQueued(Watch w) {
        lock.lock();
        boolean queued = w.queued;
        lock.unlock();
        return queued;
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

    // ---- as a file

    @Override
    public int fd() {
        if (closed) {
            return Errno.EBADF.negative();
        }
        if (own != null) {
            return ownFd;
        }
        int fd = table.reserve();
        return fd < 0 ? fd : install(fd);
    }

    private int install(int fd) {
        OpenFile file = new OpenFile(new EventFile(this), null, runtime.sync().bits("file.messages"));
        table.install(fd, file);
        lock.lock();
        boolean first = own == null;
        if (first) {
            ownFd = fd;
            own = file;
        }
        lock.unlock();
        if (!first) {
            table.remove(fd, file);
        }
        return ownFd;
    }

    List<Watch> watches() {
        return watches;
    }

    /// With holes.
    @Nullable
    Poller[] pollers() {
        return pollers;
    }

    void addPoller(Poller poller) {
        lock.lock();
        try {
            pollers = Pollers.plus(pollers, poller);
        } finally {
            lock.unlock();
        }
    }

    void removePoller(Poller poller) {
        lock.lock();
        try {
            pollers = Pollers.minus(pollers, poller);
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        OpenFile file = own;
        if (file != null) {
            table.remove(ownFd, file);
        }
        end();
    }

    /// The last descriptor is gone, or nobody needs it any more.
    @Linux("fs/eventpoll.c#ep_eventpoll_release")
    void end() {
        if (closed) {
            return;
        }
        closed = true;
        for (Watch w : watches) {
            forget(w);
        }
        waiting.wakeAll();
        tell(PollEvents.HUP);
    }
}
