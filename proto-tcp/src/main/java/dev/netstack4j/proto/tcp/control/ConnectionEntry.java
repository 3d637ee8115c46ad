package dev.netstack4j.proto.tcp.control;

import dev.netstack4j.api.address.IpAddress;
import org.jspecify.annotations.Nullable;

/// One entry of the connection table: four ends, and what belongs to them, exactly one of [TcpSock], [RequestSock] and
/// [TimeWaitSock]. Never used again after removal, so that a reader without a lock may stand on it. Written by demux.
public final class ConnectionEntry {
    /// The own address, for listings.
    public final IpAddress local;
    /// The peer's address, for listings.
    public final IpAddress remote;
    /// Upper half of the own address.
    public final long localHigh;
    /// Lower half of the own address.
    public final long localLow;
    /// Upper half of the peer's address.
    public final long remoteHigh;
    /// Lower half of the peer's address.
    public final long remoteLow;
    /// Own port in the upper half, the peer's in the lower.
    public final int ports;
    /// The connection.
    public final @Nullable TcpSock sock;
    /// The half-open connection.
    public final @Nullable RequestSock request;
    /// What remains of a connection.
    public final @Nullable TimeWaitSock timeWait;
    /// Hash of the ends. Written by demux before it is published.
    public int hash;
    /// The next one of the bucket. Guarded by the table's lock for writing.
    public volatile @Nullable ConnectionEntry next;
    /// Whether it is out of the table.
    public volatile boolean removed;

    private ConnectionEntry(
            IpAddress local,
            IpAddress remote,
            int ports,
            @Nullable TcpSock sock,
            @Nullable RequestSock request,
            @Nullable TimeWaitSock timeWait) {
        this.local = local;
        this.remote = remote;
        localHigh = local.high();
        localLow = local.low();
        remoteHigh = remote.high();
        remoteLow = remote.low();
        this.ports = ports;
        this.sock = sock;
        this.request = request;
        this.timeWait = timeWait;
    }

    /// Of a connection.
    public static ConnectionEntry of(TcpSock sock) {
        int ports = sock.localPort() << 16 | sock.remotePort();
        return new ConnectionEntry(sock.localAddress(), sock.remoteAddress(), ports, sock, null, null);
    }

    /// Of a half-open connection.
    public static ConnectionEntry of(RequestSock request) {
        int ports = request.localPort << 16 | request.remotePort;
        return new ConnectionEntry(request.localAddress, request.remoteAddress, ports, null, request, null);
    }

    /// Of what remains of `sock`.
    public static ConnectionEntry of(TcpSock sock, TimeWaitSock timeWait) {
        int ports = sock.localPort() << 16 | sock.remotePort();
        return new ConnectionEntry(sock.localAddress(), sock.remoteAddress(), ports, null, null, timeWait);
    }

    /// Whether these are its ends.
    public boolean matches(long lHigh, long lLow, long rHigh, long rLow, int bothPorts) {
        return ports == bothPorts && remoteLow == rLow && localLow == lLow && remoteHigh == rHigh && localHigh == lHigh;
    }
}
