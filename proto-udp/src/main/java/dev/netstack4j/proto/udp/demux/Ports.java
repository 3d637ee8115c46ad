package dev.netstack4j.proto.udp.demux;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.RandomStream;
import dev.netstack4j.api.runtime.RandomStreams;
import dev.netstack4j.api.settings.Sysctl;
import dev.netstack4j.api.settings.Sysctls;
import jakarta.inject.Inject;

/// Gives sockets their ports. A free one is looked for from a random place on, so that nobody can guess it. Process
/// context, under the socket's ownership.
@Rfc("6056#3.3.1")
@Linux("net/ipv4/udp.c#udp_lib_get_port")
public final class Ports {
    private final UdpTable table;
    private final RandomStream random;
    private final Sysctl low;
    private final Sysctl high;

    /// Over the table.
    @Inject
    public Ports(UdpTable table, RandomStreams random, Sysctls sysctls) {
        this.table = table;
        this.random = random.stream("udp.port");
        low = sysctls.declare("net.ipv4.ip_local_port_range.low", 32768, 1, 65535, "first port of own choice");
        high = sysctls.declare("net.ipv4.ip_local_port_range.high", 60999, 1, 65535, "last port of own choice");
    }

    /// Binds an unbound socket.
    ///
    /// @param port wanted, or 0 for a free one
    /// @return 0 or EADDRINUSE
    public int bind(UdpSock sock, IpAddress address, int port) {
        int taken = port != 0 ? tryBind(sock, address, port) : bindFree(sock, address);
        if (taken < 0) {
            return Errno.EADDRINUSE.negative();
        }
        sock.localAddress(address);
        sock.localPort(taken);
        return 0;
    }

    private int tryBind(UdpSock sock, IpAddress address, int port) {
        return table.tryBind(sock, Ends.of(address, port, sock.remoteAddress(), sock.remotePort())) ? port : -1;
    }

    private int bindFree(UdpSock sock, IpAddress address) {
        int first = sock.firstPort(low.get(), high.get());
        int count = Math.max(1, sock.lastPort(low.get(), high.get()) - first + 1);
        int start = random.nextInt(count);
        for (int i = 0; i < count; i++) {
            int port = first + (start + i) % count;
            if (tryBind(sock, address, port) > 0) {
                return port;
            }
        }
        return -1;
    }

    /// Tells the table that a bound socket has other addresses now.
    public void moved(UdpSock sock) {
        table.move(sock, Ends.of(sock.localAddress(), sock.localPort(), sock.remoteAddress(), sock.remotePort()));
    }

    /// Gives the port back.
    public void release(UdpSock sock) {
        table.remove(sock);
        sock.localPort(0);
    }
}
