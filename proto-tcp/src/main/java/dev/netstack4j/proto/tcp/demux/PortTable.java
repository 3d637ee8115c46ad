package dev.netstack4j.proto.tcp.demux;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.SpinLock;
import dev.netstack4j.proto.tcp.control.PortHold;
import org.jspecify.annotations.Nullable;

/// Who holds which local port.
@Linux("net/ipv4/inet_connection_sock.c#inet_csk_bind_conflict")
final class PortTable {
    private static final int SIZE = 1024;
    private final SpinLock lock;
    private final @Nullable PortHold[] buckets = new @Nullable PortHold[SIZE];

    PortTable(SpinLock lock) {
        this.lock = lock;
    }

    /// Adds a hold if no other stands against it.
    ///
    /// @return whether it was added
    boolean take(PortHold hold) {
        lock.lock();
        try {
            if (conflicts(hold)) {
                return false;
            }
            link(hold);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Adds a hold without question, as a child of a listener does.
    void share(PortHold hold) {
        lock.lock();
        try {
            link(hold);
        } finally {
            lock.unlock();
        }
    }

    private void link(PortHold hold) {
        hold.next = buckets[hold.port % SIZE];
        buckets[hold.port % SIZE] = hold;
    }

    /// A listener may begin only if nobody else listens there.
    boolean listen(PortHold hold) {
        lock.lock();
        try {
            for (PortHold h = buckets[hold.port % SIZE]; h != null; h = h.next) {
                boolean other = h != hold && h.port == hold.port && h.listening;
                if (other && overlap(h, hold) && !(h.reusePort && hold.reusePort)) {
                    return false;
                }
            }
            hold.listening = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean conflicts(PortHold hold) {
        for (PortHold h = buckets[hold.port % SIZE]; h != null; h = h.next) {
            if (h.port == hold.port && overlap(h, hold) && !mayShare(h, hold)) {
                return true;
            }
        }
        return false;
    }

    private static boolean overlap(PortHold a, PortHold b) {
        if (a.device != 0 && b.device != 0 && a.device != b.device) {
            return false;
        }
        return a.address.isAny() || b.address.isAny() || a.address.equals(b.address);
    }

    private static boolean mayShare(PortHold h, PortHold hold) {
        if (h.shared && hold.shared) {
            return true;
        }
        boolean reuse = h.reuseAddress && hold.reuseAddress && !h.listening;
        return reuse || h.reusePort && hold.reusePort;
    }

    /// A hold is again what `bind` made it.
    void keep(PortHold hold, IpAddress address) {
        lock.lock();
        try {
            hold.address = address;
            hold.listening = false;
        } finally {
            lock.unlock();
        }
    }

    /// Takes a hold away, if it is there.
    void release(PortHold hold) {
        lock.lock();
        try {
            PortHold h = buckets[hold.port % SIZE];
            if (h == hold) {
                buckets[hold.port % SIZE] = hold.next;
                return;
            }
            while (h != null && h.next != hold) {
                h = h.next;
            }
            if (h != null) {
                h.next = hold.next;
            }
        } finally {
            lock.unlock();
        }
    }

    /// Whether an address and port are held at all.
    boolean isHeld(IpAddress address, int port) {
        lock.lock();
        try {
            for (PortHold h = buckets[port % SIZE]; h != null; h = h.next) {
                if (h.port == port && (h.address.isAny() || h.address.equals(address))) {
                    return true;
                }
            }
            return false;
        } finally {
            lock.unlock();
        }
    }
}
