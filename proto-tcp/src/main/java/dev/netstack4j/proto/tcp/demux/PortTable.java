package dev.netstack4j.proto.tcp.demux;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.SpinLock;
import dev.netstack4j.proto.tcp.control.PortHold;
import org.jspecify.annotations.Nullable;

/// Who holds which local port. A port may have very many holders: connections to different peers, children of a
/// listener. So none of them is looked at to take a port for another connection, or to give it back.
@Linux("net/ipv4/inet_connection_sock.c#inet_csk_bind_conflict")
final class PortTable {
    private final SpinLock lock;
    private final PortLists chosen = new PortLists();
    private final PortLists connected = new PortLists();

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
            listOf(hold).add(hold);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Adds a hold without question, as a child of a listener does.
    void share(PortHold hold) {
        lock.lock();
        try {
            listOf(hold).add(hold);
        } finally {
            lock.unlock();
        }
    }

    private PortLists listOf(PortHold hold) {
        return hold.shared ? connected : chosen;
    }

    /// A listener may begin only if nobody else listens there.
    boolean listen(PortHold hold) {
        lock.lock();
        try {
            for (PortHold h = chosen.first(hold.port); h != null; h = h.next) {
                boolean other = h != hold && h.listening;
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
        return conflicts(chosen.first(hold.port), hold) || !hold.shared && conflicts(connected.first(hold.port), hold);
    }

    private static boolean conflicts(@Nullable PortHold first, PortHold hold) {
        for (PortHold h = first; h != null; h = h.next) {
            if (overlap(h, hold) && !mayShare(h, hold)) {
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
            listOf(hold).remove(hold);
        } finally {
            lock.unlock();
        }
    }
}
