package dev.netstack4j.proto.udp.demux;

import dev.netstack4j.api.runtime.SpinLock;
import java.util.Arrays;

/// The sockets of one hash value: softirq reads the array without a lock, a change publishes a new one. What is
/// allocated is allocated outside the lock.
final class Bucket {
    private static final UdpSock[] NONE = {};

    private volatile UdpSock[] socks = NONE;

    UdpSock[] all() {
        return socks;
    }

    /// Publishes `next` if the sockets are still `seen`.
    boolean replace(UdpSock[] seen, UdpSock[] next, SpinLock lock) {
        lock.lock();
        boolean unchanged = socks == seen;
        if (unchanged) {
            socks = next;
        }
        lock.unlock();
        return unchanged;
    }

    void add(UdpSock sock, SpinLock lock) {
        UdpSock[] seen = socks;
        while (!replace(seen, plus(seen, sock), lock)) {
            seen = socks;
        }
    }

    void remove(UdpSock sock, SpinLock lock) {
        UdpSock[] seen = socks;
        while (!replace(seen, minus(seen, sock), lock)) {
            seen = socks;
        }
    }

    static UdpSock[] plus(UdpSock[] socks, UdpSock sock) {
        UdpSock[] next = Arrays.copyOf(socks, socks.length + 1);
        next[socks.length] = sock;
        return next;
    }

    private static UdpSock[] minus(UdpSock[] socks, UdpSock sock) {
        return Arrays.stream(socks).filter(s -> s != sock).toArray(UdpSock[]::new);
    }
}
