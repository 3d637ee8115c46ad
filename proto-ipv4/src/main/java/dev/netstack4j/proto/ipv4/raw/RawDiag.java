package dev.netstack4j.proto.ipv4.raw;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.SocketDiag;
import dev.netstack4j.api.socket.SocketStatus;
import jakarta.inject.Inject;
import java.util.function.Consumer;

/// All raw and ping sockets, for listings. The port of a ping socket is its identifier.
@Linux("net/ipv4/raw_diag.c")
public final class RawDiag implements SocketDiag {
    private static final int CONNECTED = 1;
    private static final int UNCONNECTED = 7;
    private final RawSockets raw;
    private final PingSockets ping;

    /// One per stack.
    @Inject
    public RawDiag(RawSockets raw, PingSockets ping) {
        this.raw = raw;
        this.ping = ping;
    }

    @Override
    public void dump(long nanos, Consumer<SocketStatus> visitor) {
        raw.forEach(s -> visitor.accept(status(s)));
        ping.forEach(s -> visitor.accept(status(s)));
    }

    private static SocketStatus status(DatagramSock s) {
        boolean connected = !s.remoteAddress().isAny();
        InetSockAddress local = InetSockAddress.of(s.localAddress(), s.localPort());
        InetSockAddress peer = InetSockAddress.of(s.remoteAddress(), s.remotePort());
        return new SocketStatus(s.type(), s.protocol(), connected ? CONNECTED : UNCONNECTED, local, peer)
                .queues(s.context().readAllocated(), s.context().writeAllocated());
    }
}
