package dev.netstack4j.proto.tcp.socket;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.SockAddress;
import dev.netstack4j.api.socket.SocketOption;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpState;
import dev.netstack4j.proto.tcp.fastopen.FastOpenKeys;
import dev.netstack4j.proto.tcp.fastopen.FastOpenQueue;

/// Calls and options of Fast Open: a message that connects, and what listeners and clients are set to.
@Rfc("7413")
@Linux("net/ipv4/tcp.c#tcp_sendmsg_fastopen")
final class FastOpenCalls {
    private static final int CLIENT = 1;
    private final TcpStack tcp;
    private final Connector connector;

    FastOpenCalls(TcpStack tcp, Connector connector) {
        this.tcp = tcp;
        this.connector = connector;
    }

    /// Connects with what of the message fits in the SYN, and advances the message by that.
    ///
    /// @return EINPROGRESS when the connection was begun, another error otherwise
    int send(TcpSock sock, Message message, Cpu cpu) {
        SockAddress to = message.destination();
        boolean unspecific = to != null && to.family().equals(AddressFamily.UNSPEC);
        if ((tcp.sysctls().fastOpen.get() & CLIENT) == 0 || unspecific) {
            return Errno.EOPNOTSUPP.negative();
        }
        if (sock.isDeferred()) {
            return connector.connectAtLast(sock, message, cpu);
        }
        if (to == null && sock.state() == TcpState.CLOSED && !sock.everConnected) {
            return Errno.EINVAL.negative();
        }
        return connector.connect(sock, to == null ? () -> AddressFamily.INET : to, message, cpu);
    }

    /// Sets one of the options of Fast Open.
    int set(TcpSock sock, int name, long value) {
        boolean fresh = sock.state() == TcpState.CLOSED || sock.state() == TcpState.LISTEN;
        boolean flag = value == 0 || value == 1;
        switch (name) {
            case SocketOption.TCP_FASTOPEN -> {
                if (value < 0 || value > Integer.MAX_VALUE || !fresh) {
                    return Errno.EINVAL.negative();
                }
                int most = Math.min((int) value, tcp.sysctls().somaxconn.get());
                tcp.fastOpenQueue(sock).most(most);
            }
            case SocketOption.TCP_FASTOPEN_CONNECT -> {
                if (!flag) {
                    return Errno.EINVAL.negative();
                }
                if ((tcp.sysctls().fastOpen.get() & CLIENT) == 0) {
                    return Errno.EOPNOTSUPP.negative();
                }
                if (sock.state() != TcpState.CLOSED) {
                    return Errno.EINVAL.negative();
                }
                sock.opt.fastOpenConnect = value == 1;
            }
            default -> {
                if (!flag || !fresh) {
                    return Errno.EINVAL.negative();
                }
                sock.opt.fastOpenNoCookie = value == 1;
            }
        }
        return 0;
    }

    /// Sets the keys of a listener, in the form of `tcp_fastopen_key`.
    @Linux("net/ipv4/tcp_fastopen.c#tcp_fastopen_reset_cipher")
    int setKeys(TcpSock sock, String text) {
        FastOpenKeys keys = FastOpenKeys.parse(text);
        if (keys == null) {
            return Errno.EINVAL.negative();
        }
        tcp.fastOpenQueue(sock).keys(keys);
        return 0;
    }

    /// The keys that a listener uses.
    String keys(TcpSock sock) {
        FastOpenQueue queue = sock.fastOpenQueue;
        FastOpenKeys own = queue == null ? null : queue.keys();
        return (own == null ? tcp.fastOpenKeys() : own).text();
    }

    /// The value of a numeric option.
    static long get(TcpSock sock, int name) {
        FastOpenQueue queue = sock.fastOpenQueue;
        return switch (name) {
            case SocketOption.TCP_FASTOPEN -> queue == null ? 0 : queue.most();
            case SocketOption.TCP_FASTOPEN_CONNECT -> sock.opt.fastOpenConnect ? 1 : 0;
            default -> sock.opt.fastOpenNoCookie ? 1 : 0;
        };
    }
}
