package dev.netstack4j.core.socket;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.socket.OptionValue;
import dev.netstack4j.api.socket.PollEvents;

/// A set of descriptors as a file: it can be polled and be watched by other sets.
@Linux("fs/eventpoll.c#eventpoll_fops")
final class EventFile implements FileOperations {
    private final EventSet set;

    EventFile(EventSet set) {
        this.set = set;
    }

    EventSet set() {
        return set;
    }

    @Override
    public long read(OpenFile file, byte[] bytes, int offset, int length) {
        return Errno.EINVAL.negative();
    }

    @Override
    public long write(OpenFile file, byte[] bytes, int offset, int length) {
        return Errno.EINVAL.negative();
    }

    @Override
    public int poll(OpenFile file) {
        if (set.isClosed()) {
            return PollEvents.NVAL;
        }
        return set.hasReady() ? PollEvents.IN : 0;
    }

    @Override
    public int ioctl(OpenFile file, int request, OptionValue value) {
        return Errno.ENOTTY.negative();
    }

    @Override
    public void watch(OpenFile file, Poller poller) {
        set.addPoller(poller);
    }

    @Override
    public void unwatch(OpenFile file, Poller poller) {
        set.removePoller(poller);
    }

    @Override
    public boolean isClosed(OpenFile file) {
        return set.isClosed();
    }

    @Override
    public void release(OpenFile file) {
        set.end();
    }
}
