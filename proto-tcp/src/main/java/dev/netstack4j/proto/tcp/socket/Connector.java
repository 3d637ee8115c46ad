package dev.netstack4j.proto.tcp.socket;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.protocol.AddressType;
import dev.netstack4j.api.protocol.Flow;
import dev.netstack4j.api.protocol.IpProtocol;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.SockAddress;
import dev.netstack4j.proto.tcp.control.ListenVars;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpState;
import org.jspecify.annotations.Nullable;

/// Bind, connect and listen.
final class Connector {
    private static final int FASTOPEN_SERVER = 2;
    private static final int FASTOPEN_EVERY_LISTENER = 0x400;
    private final TcpStack tcp;

    Connector(TcpStack tcp) {
        this.tcp = tcp;
    }

    @Linux("net/ipv4/af_inet.c#__inet_bind")
    int bind(TcpSock sock, SockAddress address) {
        if (!(address instanceof InetSockAddress a) || !a.family().equals(sock.family())) {
            return Errno.EAFNOSUPPORT.negative();
        }
        if (sock.state() != TcpState.CLOSED || sock.port != null) {
            return Errno.EINVAL.negative();
        }
        AddressType type = sock.network.addressType(a.ip());
        if (type != AddressType.ANY && type != AddressType.LOCAL && !(sock.freeBind() && type == AddressType.UNICAST)) {
            return Errno.EADDRNOTAVAIL.negative();
        }
        IpAddress before = sock.localAddress();
        sock.localAddress(a.ip());
        if (a.port() == 0 && sock.bindAddressNoPort()) {
            sock.boundAddress = a.ip();
            return 0;
        }
        int result = tcp.demux().bind(sock, a.port());
        if (result < 0) {
            sock.localAddress(before);
            return result;
        }
        sock.boundAddress = a.ip();
        sock.portChosen = a.port() != 0;
        return result;
    }

    @Linux("net/ipv4/af_inet.c#__inet_stream_connect")
    int connect(TcpSock sock, SockAddress address, Cpu cpu) {
        if (address.family().equals(AddressFamily.UNSPEC)) {
            disconnect(sock, cpu);
            return 0;
        }
        return connect(sock, address, null, cpu);
    }

    /// Connects, perhaps with data in the SYN, by which `message` advances.
    int connect(TcpSock sock, SockAddress address, @Nullable Message message, Cpu cpu) {
        switch (sock.state()) {
            case CLOSED -> {
                return sock.everConnected ? Errno.EISCONN.negative() : open(sock, address, message, cpu);
            }
            case SYN_SENT, SYN_RECEIVED -> {
                return (sock.isDeferred() ? Errno.EISCONN : Errno.EALREADY).negative();
            }
            default -> {
                return Errno.EISCONN.negative();
            }
        }
    }

    /// Sends the SYN that `connect` held back.
    int connectAtLast(TcpSock sock, Message message, Cpu cpu) {
        int result = tcp.calls().sendSyn(sock, message, cpu);
        if (result < 0) {
            disconnect(sock, cpu);
            return result;
        }
        return Errno.EINPROGRESS.negative();
    }

    private int open(TcpSock sock, SockAddress address, @Nullable Message message, Cpu cpu) {
        if (!(address instanceof InetSockAddress to) || !to.family().equals(sock.family())) {
            return Errno.EAFNOSUPPORT.negative();
        }
        IpAddress remote = to.ip().isAny() && to.ip().isV4() ? IpAddress.LOOPBACK_V4 : to.ip();
        if (to.port() == 0 || remote.isMulticast() || isBroadcast(sock, remote)) {
            return (to.port() == 0 ? Errno.EADDRNOTAVAIL : Errno.ENETUNREACH).negative();
        }
        int result = route(sock, remote, to.port(), cpu);
        if (result >= 0) {
            result = start(sock, remote, to.port(), message, cpu);
        }
        if (result < 0) {
            disconnect(sock, cpu);
            return result;
        }
        sock.everConnected = true;
        return sock.isDeferred() ? 0 : Errno.EINPROGRESS.negative();
    }

    void disconnect(TcpSock sock, Cpu cpu) {
        tcp.calls().disconnect(sock, cpu);
        sock.everConnected = false;
        sock.portChosen = sock.portChosen && sock.port != null;
    }

    private static boolean isBroadcast(TcpSock sock, IpAddress remote) {
        return sock.network.addressType(remote) == AddressType.BROADCAST;
    }

    private static int route(TcpSock sock, IpAddress remote, int port, Cpu cpu) {
        Flow flow = new Flow()
                .reset(sock.localAddress(), remote, IpProtocol.TCP)
                .ports(sock.localPort(), port)
                .via(sock.settings().boundDevice, sock.tos(), sock.settings().mark);
        int result = sock.network.routeOutput(flow, cpu);
        if (result < 0) {
            return result;
        }
        sock.dst(flow.dst());
        if (sock.localAddress().isAny()) {
            sock.localAddress(flow.source());
        }
        return 0;
    }

    private int start(TcpSock sock, IpAddress remote, int port, @Nullable Message message, Cpu cpu) {
        sock.remoteAddress(remote);
        sock.remotePort(port);
        int result = tcp.demux().connect(sock, cpu);
        if (result < 0) {
            return result;
        }
        sock.takeError(); // of an earlier connection
        return tcp.calls().open(sock, message, cpu);
    }

    /// Without an option a listener takes early connections when the stack's setting says so.
    @Linux("net/ipv4/af_inet.c#__inet_listen_sk")
    private void openEarly(TcpSock sock, int length) {
        int both = FASTOPEN_SERVER | FASTOPEN_EVERY_LISTENER;
        boolean asked = (tcp.sysctls().fastOpen.get() & both) == both;
        if (asked && tcp.fastOpenQueue(sock).most() == 0) {
            tcp.fastOpenQueue(sock).most(length);
        }
    }

    @Linux("net/ipv4/af_inet.c#inet_listen")
    int listen(TcpSock sock, int backlog, Cpu cpu) {
        int length = Math.min(
                backlog < 0 ? Integer.MAX_VALUE : backlog,
                tcp.sysctls().somaxconn.get());
        ListenVars present = sock.listen;
        if (sock.state() == TcpState.LISTEN && present != null) {
            present.backlog = length;
            return 0;
        }
        if (sock.state() != TcpState.CLOSED || sock.everConnected) {
            return Errno.EINVAL.negative();
        }
        if (sock.port == null) {
            int result = tcp.demux().bind(sock, 0);
            if (result < 0) {
                return result;
            }
        }
        if (!tcp.demux().listen(sock)) {
            return Errno.EADDRINUSE.negative();
        }
        openEarly(sock, length);
        ListenVars vars = new ListenVars();
        vars.backlog = length;
        sock.listen = vars;
        tcp.listening(sock, cpu);
        return 0;
    }
}
