package dev.netstack4j.proto.udp.demux;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.protocol.AddressPair;
import dev.netstack4j.api.runtime.RandomStream;
import dev.netstack4j.api.runtime.RandomStreams;
import dev.netstack4j.api.runtime.SpinLock;
import dev.netstack4j.api.runtime.Sync;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/// All UDP sockets of a stack: connected ones by both ends, bound ones by port. Looking up takes no lock and allocates
/// nothing.
@Linux("net/ipv4/udp.c#__udp4_lib_lookup")
public final class UdpTable {
    private static final int PORT_BUCKETS = 1024;
    private static final int EXACT_BUCKETS = 4096;

    private final SpinLock lock;
    private final Bucket[] byPort = buckets(PORT_BUCKETS);
    private final Bucket[] byBothEnds = buckets(EXACT_BUCKETS);
    private final long key;

    /// Empty.
    @Inject
    public UdpTable(Sync sync, RandomStreams random) {
        lock = sync.spinLock("udp-table");
        RandomStream stream = random.stream("udp.hash");
        key = stream.nextLong();
    }

    private static Bucket[] buckets(int count) {
        Bucket[] b = new Bucket[count];
        for (int i = 0; i < count; i++) {
            b[i] = new Bucket();
        }
        return b;
    }

    /// Puts a socket with new ends at its port if no other socket stands against it.
    ///
    /// @return false when the port is taken
    @Linux("net/ipv4/udp.c#udp_lib_get_port")
    boolean tryBind(UdpSock sock, Ends ends) {
        Bucket bucket = port(ends.localPort());
        while (true) {
            UdpSock[] seen = bucket.all();
            for (UdpSock other : seen) {
                if (conflicts(sock, ends, other)) {
                    return false;
                }
            }
            sock.ends(ends);
            if (bucket.replace(seen, Bucket.plus(seen, sock), lock)) {
                return true;
            }
        }
    }

    private static boolean conflicts(UdpSock sock, Ends ends, UdpSock other) {
        Ends o = other.ends();
        if (o.localPort() != ends.localPort() || !o.overlapsLocal(ends)) {
            return false;
        }
        int device = sock.settings().boundDevice;
        int otherDevice = other.settings().boundDevice;
        if (device != 0 && otherDevice != 0 && device != otherDevice) {
            return false;
        }
        boolean bothReuse = sock.settings().reuseAddress && other.settings().reuseAddress;
        boolean bothSharePort = sock.settings().reusePort && other.settings().reusePort;
        return !bothReuse && !bothSharePort;
    }

    /// Gives a bound socket other ends with the same local port: after connecting or dissolving a connection.
    void move(UdpSock sock, Ends ends) {
        removeExact(sock);
        sock.ends(ends);
        if (ends.isConnected()) {
            exact(
                            ends.localHigh(),
                            ends.localLow(),
                            ends.localPort(),
                            ends.remoteHigh(),
                            ends.remoteLow(),
                            ends.remotePort())
                    .add(sock, lock);
        }
    }

    /// Takes a socket out.
    void remove(UdpSock sock) {
        removeExact(sock);
        Ends e = sock.ends();
        if (e.localPort() != 0) {
            port(e.localPort()).remove(sock, lock);
        }
    }

    private void removeExact(UdpSock sock) {
        Ends e = sock.ends();
        if (e.isConnected()) {
            exact(e.localHigh(), e.localLow(), e.localPort(), e.remoteHigh(), e.remoteLow(), e.remotePort())
                    .remove(sock, lock);
        }
    }

    private Bucket port(int port) {
        return byPort[port & PORT_BUCKETS - 1];
    }

    private Bucket exact(
            long localHigh, long localLow, int localPort, long remoteHigh, long remoteLow, int remotePort) {
        return byBothEnds[hash(localHigh, localLow, localPort, remoteHigh, remoteLow, remotePort) & EXACT_BUCKETS - 1];
    }

    private int hash(long localHigh, long localLow, int localPort, long remoteHigh, long remoteLow, int remotePort) {
        long h = (localLow ^ localHigh * 31 ^ key) * 0x9E37_79B9_7F4A_7C15L;
        h = (h ^ h >>> 29 ^ remoteLow ^ remoteHigh * 31) * 0xBF58_476D_1CE4_E5B9L;
        h = (h ^ h >>> 32 ^ ((long) localPort << 16 | remotePort)) * 0x94D0_49BB_1331_11EBL;
        return (int) (h >>> 33);
    }

    /// The connected socket with exactly these ends, local first; null when there is none.
    ///
    /// @param p source is the remote end, destination the local one
    public @Nullable UdpSock findConnected(AddressPair p, int remotePort, int localPort, int ifIndex) {
        Bucket b = exact(p.destinationHigh, p.destinationLow, localPort, p.sourceHigh, p.sourceLow, remotePort);
        for (UdpSock s : b.all()) {
            if (isExactly(s.ends(), p, remotePort, localPort) && deviceFits(s, ifIndex)) {
                return s;
            }
        }
        return null;
    }

    private static boolean isExactly(Ends e, AddressPair p, int remotePort, int localPort) {
        return e.localPort() == localPort
                && e.remotePort() == remotePort
                && e.localLow() == p.destinationLow
                && e.remoteLow() == p.sourceLow
                && e.localHigh() == p.destinationHigh
                && e.remoteHigh() == p.sourceHigh;
    }

    private static boolean deviceFits(UdpSock s, int ifIndex) {
        int bound = s.settings().boundDevice;
        return bound == 0 || bound == ifIndex;
    }

    /// The best socket for a datagram. A connected one comes before one bound to the address, that before one bound to
    /// any, and one bound to the device before one that is not. Of equals the one bound last is taken, or with
    /// SO_REUSEPORT one chosen by the flow.
    public @Nullable UdpSock find(AddressPair p, int remotePort, int localPort, int ifIndex) {
        UdpSock connected = findConnected(p, remotePort, localPort, ifIndex);
        if (connected != null) {
            return connected;
        }
        UdpSock[] socks = port(localPort).all();
        UdpSock best = null;
        int bestScore = -1;
        int equals = 0;
        for (int i = socks.length - 1; i >= 0; i--) {
            int score = score(socks[i], p, remotePort, localPort, ifIndex);
            if (score > bestScore) {
                best = socks[i];
                bestScore = score;
                equals = 1;
            } else if (score == bestScore && score >= 0) {
                equals++;
            }
        }
        if (best == null || equals == 1 || !best.settings().reusePort) {
            return best;
        }
        return choose(socks, p, remotePort, localPort, ifIndex, bestScore, equals);
    }

    @Linux("net/core/sock_reuseport.c#reuseport_select_sock")
    private @Nullable UdpSock choose(
            UdpSock[] socks, AddressPair p, int remotePort, int localPort, int ifIndex, int score, int equals) {
        int hash = hash(p.destinationHigh, p.destinationLow, localPort, p.sourceHigh, p.sourceLow, remotePort);
        int skip = hash % equals;
        for (UdpSock s : socks) {
            if (score(s, p, remotePort, localPort, ifIndex) == score && skip-- == 0) {
                return s;
            }
        }
        return null;
    }

    /// -1 for a socket that does not fit.
    @Linux("net/ipv4/udp.c#compute_score")
    private static int score(UdpSock s, AddressPair p, int remotePort, int localPort, int ifIndex) {
        Ends e = s.ends();
        if (e.localPort() != localPort || !accepts(e, p, remotePort) || !deviceFits(s, ifIndex)) {
            return -1;
        }
        int score = e.isAnyLocal() ? 0 : 8;
        score += e.isConnected() ? 4 : 0;
        return score + (s.settings().boundDevice != 0 ? 2 : 0);
    }

    private static boolean accepts(Ends e, AddressPair p, int remotePort) {
        boolean local = e.isAnyLocal() || e.localLow() == p.destinationLow && e.localHigh() == p.destinationHigh;
        return local && acceptsRemote(e, p, remotePort);
    }

    private static boolean acceptsRemote(Ends e, AddressPair p, int remotePort) {
        return !e.isConnected()
                || e.remotePort() == remotePort && e.remoteLow() == p.sourceLow && e.remoteHigh() == p.sourceHigh;
    }

    /// Walks the sockets that take a datagram for many.
    ///
    /// @param after the socket before, or null to begin
    /// @param socks what [#atPort] returned
    public @Nullable UdpSock nextForMany(
            UdpSock[] socks, @Nullable UdpSock after, AddressPair p, int remotePort, int localPort, int ifIndex) {
        boolean begun = after == null;
        for (UdpSock s : socks) {
            if (begun
                    && s.ends().localPort() == localPort
                    && accepts(s.ends(), p, remotePort)
                    && deviceFits(s, ifIndex)) {
                return s;
            }
            begun |= s == after;
        }
        return null;
    }

    /// Calls `visitor` with every bound socket. For listings.
    public void forEach(java.util.function.Consumer<UdpSock> visitor) {
        for (Bucket b : byPort) {
            for (UdpSock s : b.all()) {
                visitor.accept(s);
            }
        }
    }

    /// The sockets among which those of a port are.
    public UdpSock[] atPort(int localPort) {
        return port(localPort).all();
    }
}
