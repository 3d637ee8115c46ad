package dev.netstack4j.proto.ipv4.raw;

import dev.netstack4j.api.runtime.SpinLock;
import java.util.Arrays;

/// A list of sockets that softirq walks without a lock: a change publishes a new array.
final class SockTable {
    private static final DatagramSock[] NONE = {};

    private final SpinLock lock;
    private volatile DatagramSock[] socks = NONE;

    SockTable(SpinLock lock) {
        this.lock = lock;
    }

    DatagramSock[] all() {
        return socks;
    }

    void add(DatagramSock sock) {
        while (true) {
            DatagramSock[] seen = socks;
            DatagramSock[] next = Arrays.copyOf(seen, seen.length + 1);
            next[seen.length] = sock;
            if (replace(seen, next)) {
                return;
            }
        }
    }

    void remove(DatagramSock sock) {
        while (true) {
            DatagramSock[] seen = socks;
            DatagramSock[] next = Arrays.stream(seen).filter(s -> s != sock).toArray(DatagramSock[]::new);
            if (replace(seen, next)) {
                return;
            }
        }
    }

    /// Publishes `next` if nobody was faster. What is allocated is allocated outside the lock.
    boolean replace(DatagramSock[] seen, DatagramSock[] next) {
        lock.lock();
        boolean unchanged = socks == seen;
        if (unchanged) {
            socks = next;
        }
        lock.unlock();
        return unchanged;
    }
}
