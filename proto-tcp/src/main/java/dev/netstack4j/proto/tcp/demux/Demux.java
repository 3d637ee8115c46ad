package dev.netstack4j.proto.tcp.demux;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.protocol.AddressPair;
import dev.netstack4j.api.protocol.InetFamilyOps;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.RandomStream;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.proto.tcp.control.ConnectionEntry;
import dev.netstack4j.proto.tcp.control.DemuxPort;
import dev.netstack4j.proto.tcp.control.KeyedHash;
import dev.netstack4j.proto.tcp.control.PortHold;
import dev.netstack4j.proto.tcp.control.RequestSock;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpSysctls;
import dev.netstack4j.proto.tcp.control.TimeWaitSock;
import dev.netstack4j.proto.tcp.header.SegmentControl;
import dev.netstack4j.proto.tcp.header.TcpHeader;
import org.jspecify.annotations.Nullable;

/// The tables of one stack together: connections, listeners, ports. Each CPU remembers the entry that it found last,
/// because segments of one connection come in rows.
public final class Demux implements DemuxPort {
    private static final int ON_LOOPBACK = 2;
    private static final int PERTURBED = 1024;
    private static final int MOST_STEP = 8;
    private static final long SECOND = 1_000_000_000L;
    private final ConnectionTable connections;
    private final ListenerTable listeners;
    private final PortTable ports;
    private final KeyedHash hash;
    private final KeyedHash portHash;
    private final RandomStream random;
    private final TcpSysctls sysctls;
    private final PerCpu[] perCpu;
    /// Counters of port choices. CPUs may lose each other's steps, which does no harm.
    private final int[] perturbed = new int[PERTURBED];
    private @Nullable InetFamilyOps network;

    private static final class PerCpu {
        final AddressPair pair = new AddressPair();

        @Nullable
        ConnectionEntry last;
    }

    /// One per stack.
    public Demux(Sync sync, KeyedHash hash, KeyedHash portHash, RandomStream random, TcpSysctls sysctls, int cpus) {
        connections = new ConnectionTable(sync.spinLock("tcp connections"));
        listeners = new ListenerTable(sync.spinLock("tcp listeners"));
        ports = new PortTable(sync.spinLock("tcp ports"));
        this.hash = hash;
        this.portHash = portHash;
        this.random = random;
        this.sysctls = sysctls;
        perCpu = new PerCpu[cpus];
        for (int i = 0; i < cpus; i++) {
            perCpu[i] = new PerCpu();
        }
    }

    /// The network layer is known.
    public void start(InetFamilyOps ops) {
        network = ops;
    }

    @Override
    @Linux("net/ipv4/inet_hashtables.c#__inet_lookup_skb")
    public @Nullable ConnectionEntry find(SkBuff skb, Cpu cpu) {
        InetFamilyOps ops = network;
        if (ops == null) {
            return null;
        }
        PerCpu own = perCpu[cpu.id()];
        AddressPair p = own.pair;
        ops.addresses(skb, p);
        SegmentControl.congestion(skb, p.trafficClass);
        int both = Integer.rotateLeft(skb.get32(skb.transportHeader()), 16);
        ConnectionEntry last = own.last;
        if (last != null
                && !last.removed
                && last.matches(p.destinationHigh, p.destinationLow, p.sourceHigh, p.sourceLow, both)) {
            return last;
        }
        int h = (int) hash.of(p.destinationHigh, p.destinationLow, p.sourceHigh, p.sourceLow, both);
        ConnectionEntry found =
                connections.find(p.destinationHigh, p.destinationLow, p.sourceHigh, p.sourceLow, both, h);
        own.last = found;
        return found;
    }

    /// The listener for a segment that belongs to no connection, or null. Call after [#find].
    public @Nullable TcpSock findListener(SkBuff skb, Cpu cpu) {
        AddressPair p = perCpu[cpu.id()].pair;
        int both = Integer.rotateLeft(skb.get32(skb.transportHeader()), 16);
        int h = (int) hash.of(p.destinationHigh, p.destinationLow, p.sourceHigh, p.sourceLow, both);
        NetDevice dev = skb.dev();
        return listeners.find(
                p.destinationHigh,
                p.destinationLow,
                TcpHeader.destinationPort(skb),
                dev == null ? 0 : dev.ifIndex(),
                h);
    }

    /// The time to live of the segment that [#find] was last asked for.
    int hopLimit(Cpu cpu) {
        return perCpu[cpu.id()].pair.hopLimit;
    }

    /// The entry that a segment of ours belongs to.
    ///
    /// @param both source port in the upper half, destination port in the lower
    @Nullable
    ConnectionEntry findOutgoing(AddressPair p, int both) {
        int h = (int) hash.of(p.sourceHigh, p.sourceLow, p.destinationHigh, p.destinationLow, both);
        return connections.find(p.sourceHigh, p.sourceLow, p.destinationHigh, p.destinationLow, both, h);
    }

    private int hashOf(ConnectionEntry e) {
        return (int) hash.of(e.localHigh, e.localLow, e.remoteHigh, e.remoteLow, e.ports);
    }

    @Override
    public void insert(TcpSock sock, Cpu cpu) {
        if (sock.entry == null) {
            ConnectionEntry e = ConnectionEntry.of(sock);
            sock.entry = e;
            connections.insert(e, hashOf(e));
        }
        perCpu[cpu.id()].last = null;
    }

    @Override
    public void insert(RequestSock request, Cpu cpu) {
        ConnectionEntry e = ConnectionEntry.of(request);
        request.entry = e;
        connections.insert(e, hashOf(e));
        perCpu[cpu.id()].last = null;
    }

    @Override
    public void remove(@Nullable ConnectionEntry entry) {
        if (entry != null) {
            connections.remove(entry);
        }
    }

    @Override
    public void timeWait(TcpSock sock, TimeWaitSock remains, Cpu cpu) {
        ConnectionEntry e = ConnectionEntry.of(sock, remains);
        remains.entry = e;
        remains.port = sock.port;
        sock.port = null;
        connections.insert(e, hashOf(e));
        remove(sock);
        perCpu[cpu.id()].last = null;
    }

    @Override
    public void remove(TcpSock sock) {
        remove(sock.entry);
        sock.entry = null;
    }

    @Override
    public void forget(TimeWaitSock remains) {
        remove(remains.entry);
        release(remains.port);
        remains.port = null;
    }

    @Override
    public void release(TcpSock sock) {
        release(sock.port);
        sock.port = null;
    }

    private void release(@Nullable PortHold hold) {
        if (hold != null) {
            ports.release(hold);
        }
    }

    @Override
    @Linux("net/ipv4/inet_hashtables.c#inet_bhash2_reset_saddr")
    public void disconnect(TcpSock sock) {
        sock.remoteAddress(sock.boundAddress.isV4() ? IpAddress.ANY_V4 : IpAddress.v6(0, 0));
        sock.remotePort(0);
        sock.localAddress(sock.boundAddress);
        sock.dst(null);
        PortHold hold = sock.port;
        if (hold != null && sock.portChosen) {
            ports.keep(hold, sock.boundAddress);
        } else {
            release(sock);
        }
        if (sock.port == null && sock.portChosen) {
            bind(sock, sock.localPort()); // it had gone to what remains of the connection
        }
    }

    @Override
    public void inherit(TcpSock listener, TcpSock child) {
        PortHold hold = hold(child, child.localPort(), false);
        ports.share(hold);
        child.port = hold;
    }

    private static PortHold hold(TcpSock sock, int port, boolean shared) {
        return new PortHold(
                port,
                sock.localAddress(),
                sock.settings().boundDevice,
                sock.settings().reuseAddress,
                sock.settings().reusePort,
                shared);
    }

    /// Binds a socket to its local address and `port`; 0 takes a free one.
    ///
    /// @return 0 or EADDRINUSE
    @Linux("net/ipv4/inet_connection_sock.c#inet_csk_get_port")
    public int bind(TcpSock sock, int port) {
        if (port != 0) {
            return tryBind(sock, port) ? 0 : Errno.EADDRINUSE.negative();
        }
        int low = sock.firstPort(sysctls.portLow.get(), sysctls.portHigh.get());
        int count = Math.max(1, sock.lastPort(sysctls.portLow.get(), sysctls.portHigh.get()) - low + 1);
        int first = random.nextInt(count);
        for (int i = 0; i < count; i++) {
            if (tryBind(sock, low + (first + i) % count)) {
                return 0;
            }
        }
        return Errno.EADDRINUSE.negative();
    }

    private boolean tryBind(TcpSock sock, int port) {
        PortHold hold = hold(sock, port, false);
        if (!ports.take(hold)) {
            return false;
        }
        sock.port = hold;
        sock.localPort(port);
        return true;
    }

    /// Begins to listen on the bound port.
    ///
    /// @return whether nobody else listens there
    public boolean listen(TcpSock sock) {
        PortHold hold = sock.port;
        return hold != null && ports.listen(hold);
    }

    /// Puts a listener in the table.
    public void addListener(TcpSock sock) {
        listeners.add(sock);
    }

    @Override
    public void removeListener(TcpSock listener) {
        listeners.remove(listener);
    }

    /// Finds a local port for a connection whose addresses and remote port are set, and puts it in the table. The
    /// choice is a keyed hash of the destination plus a number that grows by a random step with each choice: so the
    /// search hardly ever passes ports that are taken.
    ///
    /// @return 0, EADDRNOTAVAIL when all are used, EADDRINUSE when the bound port has this connection already
    @Rfc("6056#3.3.4")
    @Linux("net/ipv4/inet_hashtables.c#__inet_hash_connect")
    public int connect(TcpSock sock, Cpu cpu) {
        PortHold bound = sock.port;
        if (bound != null) {
            bound.address = sock.localAddress();
            return claim(sock, cpu) ? 0 : Errno.EADDRINUSE.negative();
        }
        int low = sock.firstPort(sysctls.portLow.get(), sysctls.portHigh.get());
        int count = Math.max(1, sock.lastPort(sysctls.portLow.get(), sysctls.portHigh.get()) - low + 1);
        long offset = portHash.of(sock.localAddress(), sock.remoteAddress(), sock.remotePort());
        int row = (int) (offset >>> 32) & PERTURBED - 1;
        int first = Integer.remainderUnsigned((int) offset + perturbed[row], count);
        for (int i = 0; i < count; i++) {
            if (tryConnect(sock, low + (first + i) % count, cpu)) {
                perturbed[row] += Math.max(i, random.nextInt(MOST_STEP)) + 1;
                return 0;
            }
        }
        return Errno.EADDRNOTAVAIL.negative();
    }

    private boolean tryConnect(TcpSock sock, int port, Cpu cpu) {
        PortHold hold = hold(sock, port, true);
        if (!ports.take(hold)) {
            return false;
        }
        sock.localPort(port);
        if (claim(sock, cpu)) {
            sock.port = hold;
            return true;
        }
        ports.release(hold);
        sock.localPort(0);
        return false;
    }

    private boolean claim(TcpSock sock, Cpu cpu) {
        ConnectionEntry e = ConnectionEntry.of(sock);
        int h = hashOf(e);
        if (!connections.insertIfAbsent(e, h) && !(reuses(sock, e, h, cpu) && connections.insertIfAbsent(e, h))) {
            return false;
        }
        sock.entry = e;
        return true;
    }

    /// What remains of an old connection with the same ends makes way when timestamps tell the two apart: not within
    /// the second in which it last heard.
    @Rfc("6191#2")
    @Linux("net/ipv4/tcp_ipv4.c#tcp_twsk_unique")
    private boolean reuses(TcpSock sock, ConnectionEntry e, int h, Cpu cpu) {
        ConnectionEntry there = connections.find(e.localHigh, e.localLow, e.remoteHigh, e.remoteLow, e.ports, h);
        TimeWaitSock old = there == null ? null : there.timeWait;
        int setting = sysctls.twReuse.get();
        boolean allowed =
                setting == 1 || setting == ON_LOOPBACK && sock.remoteAddress().isLoopback();
        if (old == null || !allowed || !old.timestamps || cpu.nowNanos() - old.heardNanos < SECOND) {
            return false;
        }
        sock.reused = old;
        forget(old);
        return true;
    }

    @Override
    public int timeWaits() {
        return connections.timeWaits();
    }

    /// Number of entries of the connection table.
    public int connections() {
        return connections.size();
    }

    /// All listeners, for listings.
    public void forEachListener(java.util.function.Consumer<TcpSock> visitor) {
        listeners.forEach(visitor);
    }

    /// All entries, for listings.
    public void forEach(java.util.function.Consumer<ConnectionEntry> visitor) {
        connections.forEach(visitor);
    }
}
