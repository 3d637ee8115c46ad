package dev.netstack4j.cli.control.session;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.socket.EventPoll;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The descriptors of one session: from 3 up, the lowest free number first. A number is free again when its descriptor
/// is closed and no call on it is under way.
public final class Descriptors {
    /// The first number.
    public static final int FIRST = 3;
    /// Numbers end before this one.
    public static final int END = 1024;

    private final Map<Integer, Descriptor> open = new TreeMap<>(); // under this object's monitor

    /// None.
    public Descriptors() {}

    /// Whether every number is taken.
    public synchronized boolean isFull() {
        return lowestFree(FIRST) == END;
    }

    private int lowestFree(int from) {
        int n = from;
        while (n < END && open.containsKey(n)) {
            n++;
        }
        return n;
    }

    /// Adds a socket.
    ///
    /// @param least smallest number that will do
    /// @return its number, or EMFILE
    public synchronized int addSocket(int socket, Descriptor.Flags flags, boolean closeOnExec, int least) {
        int n = lowestFree(Math.max(FIRST, least));
        return n == END ? Errno.EMFILE.negative() : put(new Descriptor(n, socket, null, flags), closeOnExec);
    }

    /// Adds a set, or a second number of one.
    ///
    /// @param file  the stack's own number
    /// @param least smallest number that will do
    /// @return its number, or EMFILE
    public synchronized int addEvents(
            EventPoll events, int file, Descriptor.Flags flags, boolean closeOnExec, int least) {
        int n = lowestFree(Math.max(FIRST, least));
        return n == END ? Errno.EMFILE.negative() : put(new Descriptor(n, file, events, flags), closeOnExec);
    }

    private int put(Descriptor d, boolean closeOnExec) {
        d.closeOnExec = closeOnExec;
        open.put(d.number(), d);
        return d.number();
    }

    /// FD_CLOEXEC of a descriptor, which is kept and has no effect.
    public synchronized boolean closeOnExec(Descriptor d) {
        return d.closeOnExec;
    }

    /// Sets FD_CLOEXEC.
    public synchronized void closeOnExec(Descriptor d, boolean value) {
        d.closeOnExec = value;
    }

    // ---- calls

    synchronized @Nullable Descriptor use(int fd, Call call) {
        Descriptor d = open.get(fd);
        if (d == null || d.closing) {
            return null;
        }
        d.calls.add(call);
        return d;
    }

    synchronized void release(Descriptor d, Call call) {
        d.calls.remove(call);
        if (d.closing && d.calls.isEmpty()) {
            open.remove(d.number(), d);
        }
        notifyAll();
    }

    /// A call has reached its files.
    synchronized void entered() {
        notifyAll();
    }

    // ---- ending

    /// Takes a descriptor out, when every call on it has reached its file or is over: what it leads to can be closed
    /// now.
    ///
    /// @return null when it is not open
    public synchronized @Nullable Descriptor remove(int fd) {
        Descriptor d = open.get(fd);
        if (d == null || d.closing) {
            return null;
        }
        d.closing = true;
        if (d.calls.isEmpty()) {
            open.remove(fd, d);
        }
        awaitEntered(d);
        return d;
    }

    private void awaitEntered(Descriptor d) {
        boolean interrupted = false;
        while (!d.calls.stream().allMatch(Call::hasEntered)) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Those that are open, ascending.
    public synchronized List<Descriptor> all() {
        List<Descriptor> all = new ArrayList<>(open.values());
        all.removeIf(d -> d.closing);
        return all;
    }
}
