package dev.netstack4j.proto.tcp.demux;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.SpinLock;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpState;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// All listeners by port. Each bucket is an immutable array behind a volatile field.
@Linux("net/ipv4/inet_hashtables.c#__inet_lookup_listener")
final class ListenerTable {
    private static final int SIZE = 64;
    private static final TcpSock[] NONE = new TcpSock[0];
    private final SpinLock lock;
    private final Bucket[] buckets = new Bucket[SIZE];

    ListenerTable(SpinLock lock) {
        this.lock = lock;
        for (int i = 0; i < SIZE; i++) {
            buckets[i] = new Bucket();
        }
    }

    private static final class Bucket {
        volatile TcpSock[] socks = NONE;
    }

    void add(TcpSock sock) {
        Bucket b = buckets[sock.localPort() % SIZE];
        lock.lock();
        try {
            TcpSock[] longer = Arrays.copyOf(b.socks, b.socks.length + 1);
            longer[longer.length - 1] = sock;
            b.socks = longer;
        } finally {
            lock.unlock();
        }
    }

    void remove(TcpSock sock) {
        Bucket b = buckets[sock.localPort() % SIZE];
        lock.lock();
        try {
            b.socks = Arrays.stream(b.socks).filter(s -> s != sock).toArray(TcpSock[]::new);
        } finally {
            lock.unlock();
        }
    }

    /// Calls `visitor` with every listener.
    void forEach(java.util.function.Consumer<TcpSock> visitor) {
        for (Bucket b : buckets) {
            for (TcpSock s : b.socks) {
                visitor.accept(s);
            }
        }
    }

    /// The best listener for a local address: one bound to it before one bound to the wildcard, one bound to the device
    /// before one that is not. Equal ones with SO_REUSEPORT share by the flow's hash.
    @Nullable
    TcpSock find(long localHigh, long localLow, int port, int device, int hash) {
        TcpSock[] socks = buckets[port % SIZE].socks;
        TcpSock best = null;
        int bestScore = 0;
        int equal = 1;
        for (TcpSock s : socks) {
            int score = s.localPort() == port ? score(s, localHigh, localLow, device) : 0;
            if (score > bestScore) {
                best = s;
                bestScore = score;
                equal = 1;
            } else if (score == bestScore && score > 0 && s.settings().reusePort) {
                equal++;
                if (Integer.remainderUnsigned(hash * (equal * 0x9E3779B1), equal) == 0) {
                    best = s;
                }
            }
        }
        return best;
    }

    private static int score(TcpSock s, long high, long low, int device) {
        if (s.state() != TcpState.LISTEN) {
            return 0;
        }
        IpAddress bound = s.localAddress();
        boolean any = bound.isAny();
        if (!any && (bound.high() != high || bound.low() != low)) {
            return 0;
        }
        int boundDevice = s.settings().boundDevice;
        if (boundDevice != 0 && boundDevice != device) {
            return 0;
        }
        return 1 + (any ? 0 : 4) + (boundDevice == 0 ? 0 : 2);
    }
}
