package dev.netstack4j.core.socket;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.EventPoll;
import dev.netstack4j.api.socket.PollEvents;
import org.jspecify.annotations.Nullable;

/// One descriptor of an [EventSet].
@Linux("fs/eventpoll.c#epitem")
final class Watch implements Poller {
    private static final int ALWAYS = PollEvents.ERR | PollEvents.HUP;
    private static final int MODES = EventPoll.EDGE_TRIGGERED | EventPoll.ONE_SHOT;

    private final EventSet set;
    private final int fd;
    private final OpenFile file;
    private volatile int wanted; // 0: it was told once and waits for a change
    private volatile int modes;
    private volatile long data;
    private volatile boolean stopped;

    @Nullable
    Watch next; // under the set's lock

    boolean queued; // under the set's lock

    Watch(EventSet set, int fd, OpenFile file) {
        this.set = set;
        this.fd = fd;
        this.file = file;
    }

    boolean isOf(int number, OpenFile of) {
        return fd == number && file == of;
    }

    boolean isOfSame(Watch other) {
        return isOf(other.fd, other.file);
    }

    /// Sets what is wanted; what is ready already is told at once.
    void want(int events, long value) {
        data = value;
        modes = events & MODES;
        wanted = events & ~MODES | ALWAYS;
        if (look() != 0) {
            set.found(this);
        }
    }

    @Override
    public void happened(int events, Cpu cpu) {
        if ((events & wanted) != 0 && !stopped) {
            set.happened(this, cpu);
        }
    }

    /// Begins to be told what happens.
    void start() {
        file.operations().watch(file, this);
    }

    EventSet set() {
        return set;
    }

    /// The set that it watches; null when that is no set, or not any more.
    @Nullable
    EventSet nested() {
        return !isClosed() && file.operations() instanceof EventFile e ? e.set() : null;
    }

    /// Whether it would be told now.
    ///
    /// @param arrived whether something happened since it was told last
    boolean isReady(boolean arrived) {
        boolean edge = (modes & EventPoll.EDGE_TRIGGERED) != 0;
        return (arrived || !edge) && !isClosed() && look() != 0;
    }

    /// Bits that are wanted and hold.
    int look() {
        return stopped ? 0 : file.operations().poll(file) & wanted;
    }

    /// Notes that it was told.
    ///
    /// @return whether it is to be looked at again in the next wait
    boolean told() {
        if ((modes & EventPoll.ONE_SHOT) != 0) {
            wanted = 0;
            return false;
        }
        return (modes & EventPoll.EDGE_TRIGGERED) == 0;
    }

    long data() {
        return data;
    }

    boolean isClosed() {
        return stopped || file.operations().isClosed(file);
    }

    void stop() {
        stopped = true;
        file.operations().unwatch(file, this);
    }
}
