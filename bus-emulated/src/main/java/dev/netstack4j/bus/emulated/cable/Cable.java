package dev.netstack4j.bus.emulated.cable;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.SpinLock;
import org.jspecify.annotations.Nullable;

/// A cable with two ends. The link is up while a device is attached to each. Ends join and leave in process context, of
/// different stacks; the lock guards who is there and is never held while a device is called.
final class Cable {
    private final String name;
    private final SpinLock lock;
    private @Nullable CableEnd first;
    private @Nullable CableEnd second;

    Cable(String name, SpinLock lock) {
        this.name = name;
        this.lock = lock;
    }

    /// Takes one of the two places.
    void join(CableEnd end) throws NetException {
        if (!place(end)) {
            throw new NetException(Errno.EBUSY, "join a third end to cable '" + name + "'");
        }
    }

    private boolean place(CableEnd end) {
        lock.lock();
        try {
            if (first == null) {
                first = end;
                return true;
            }
            boolean free = second == null;
            second = free ? end : second;
            return free;
        } finally {
            lock.unlock();
        }
    }

    /// A device was attached to an end, or an end was closed: tells whoever sees a change.
    void changed(CableEnd end, boolean leaves) {
        CableEnd other = pair(end, leaves);
        end.tell();
        if (other != null) {
            other.tell();
        }
    }

    private @Nullable CableEnd pair(CableEnd end, boolean leaves) {
        lock.lock();
        try {
            CableEnd other = end == first ? second : first;
            if (leaves) {
                first = end == first ? null : first;
                second = end == second ? null : second;
            }
            end.peer(leaves ? null : other);
            if (other != null) {
                other.peer(leaves ? null : end);
            }
            return other;
        } finally {
            lock.unlock();
        }
    }
}
