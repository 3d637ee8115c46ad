package dev.netstack4j.proto.udp.socket;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.SocketDiag;
import dev.netstack4j.api.socket.SocketStatus;
import dev.netstack4j.proto.udp.demux.UdpSock;
import dev.netstack4j.proto.udp.demux.UdpTable;
import jakarta.inject.Inject;
import java.util.function.Consumer;

/// All bound sockets, for listings. The queues are memory, not bytes of data, as in Linux.
@Linux("net/ipv4/udp_diag.c")
public final class UdpDiag implements SocketDiag {
    private static final int CONNECTED = 1;
    private static final int UNCONNECTED = 7;
    private final UdpTable table;

    /// One per stack.
    @Inject
    public UdpDiag(UdpTable table) {
        this.table = table;
    }

    @Override
    public void dump(long nanos, Consumer<SocketStatus> visitor) {
        table.forEach(s -> visitor.accept(status(s)));
    }

    private static SocketStatus status(UdpSock s) {
        boolean connected = !s.remoteAddress().isAny();
        InetSockAddress local = InetSockAddress.of(s.localAddress(), s.localPort());
        InetSockAddress peer = InetSockAddress.of(s.remoteAddress(), s.remotePort());
        return new SocketStatus(s.type(), s.protocol(), connected ? CONNECTED : UNCONNECTED, local, peer)
                .queues(s.context().readAllocated(), s.context().writeAllocated());
    }
}
