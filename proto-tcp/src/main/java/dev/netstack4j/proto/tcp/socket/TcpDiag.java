package dev.netstack4j.proto.tcp.socket;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.protocol.IpProtocol;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.SocketDiag;
import dev.netstack4j.api.socket.SocketStatus;
import dev.netstack4j.api.socket.SocketStatus.TimerKind;
import dev.netstack4j.api.socket.SocketType;
import dev.netstack4j.proto.tcp.control.ConnectionEntry;
import dev.netstack4j.proto.tcp.control.ListenVars;
import dev.netstack4j.proto.tcp.control.RequestSock;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpState;
import dev.netstack4j.proto.tcp.control.TimeWaitSock;
import dev.netstack4j.proto.tcp.control.TimerVars;
import dev.netstack4j.proto.tcp.state.Endings;
import jakarta.inject.Inject;
import java.util.function.Consumer;

/// Listeners, connections, half-open ones and those in TIME-WAIT, for listings.
@Linux("net/ipv4/tcp_diag.c")
public final class TcpDiag implements SocketDiag {
    private final TcpStack tcp;

    /// One per stack.
    @Inject
    public TcpDiag(TcpStack tcp) {
        this.tcp = tcp;
    }

    @Override
    public void dump(long nanos, Consumer<SocketStatus> visitor) {
        tcp.demux().forEachListener(l -> visitor.accept(listener(l)));
        tcp.demux().forEach(e -> entry(e, nanos, visitor));
    }

    private static void entry(ConnectionEntry e, long nanos, Consumer<SocketStatus> visitor) {
        InetSockAddress local = InetSockAddress.of(e.local, e.ports >>> 16);
        InetSockAddress remote = InetSockAddress.of(e.remote, e.ports & 0xFFFF);
        TcpSock sock = e.sock;
        if (sock != null) {
            visitor.accept(connection(sock, status(sock.state(), local, remote), nanos));
            return;
        }
        RequestSock request = e.request;
        if (request != null) {
            long due = request.timer == null ? 0 : request.timer.deadlineNanos() - nanos;
            visitor.accept(status(TcpState.SYN_RECEIVED, local, remote).timer(TimerKind.ON, due, request.retransmits));
            return;
        }
        TimeWaitSock remains = e.timeWait;
        if (remains != null) {
            long due = remains.beganNanos + Endings.TIME_WAIT_NANOS - nanos;
            visitor.accept(status(TcpState.TIME_WAIT, local, remote).timer(TimerKind.TIMEWAIT, due, 0));
        }
    }

    private static SocketStatus status(TcpState state, InetSockAddress local, InetSockAddress remote) {
        return new SocketStatus(SocketType.STREAM, IpProtocol.TCP, state.number(), local, remote);
    }

    private static SocketStatus listener(TcpSock sock) {
        ListenVars vars = sock.listen;
        InetSockAddress local = InetSockAddress.of(sock.localAddress(), sock.localPort());
        SocketStatus status = status(TcpState.LISTEN, local, InetSockAddress.of(sock.remoteAddress(), 0));
        return vars == null ? status : status.queues(vars.acceptLength, vars.backlog);
    }

    @Linux("net/ipv4/inet_diag.c#inet_sk_diag_fill")
    private static SocketStatus connection(TcpSock sock, SocketStatus status, long nanos) {
        status.queues(Math.max(0, sock.rcv.nxt - sock.rcv.copiedSeq), Math.max(0, sock.snd.writeSeq - sock.snd.una));
        TimerVars timers = sock.timers;
        long retransmit = timers.retransmitNanos - nanos;
        switch (timers.pending) {
            case RETRANSMIT, LOSS_PROBE, REORDER -> status.timer(TimerKind.ON, retransmit, sock.rec.retransmits);
            case PROBE -> status.timer(TimerKind.PERSIST, retransmit, sock.rec.probes);
            case NONE -> {
                if (timers.keepAliveNanos != 0) {
                    status.timer(TimerKind.KEEPALIVE, timers.keepAliveNanos - nanos, sock.rec.probes);
                }
            }
        }
        return status;
    }
}
