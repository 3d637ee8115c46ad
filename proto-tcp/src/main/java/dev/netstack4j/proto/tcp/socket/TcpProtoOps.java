package dev.netstack4j.proto.tcp.socket;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.protocol.InetFamilies;
import dev.netstack4j.api.protocol.InetFamilyOps;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.MessageFlags;
import dev.netstack4j.api.socket.PollEvents;
import dev.netstack4j.api.socket.ProtoOps;
import dev.netstack4j.api.socket.ProtoOptions;
import dev.netstack4j.api.socket.Sock;
import dev.netstack4j.api.socket.SockAddress;
import dev.netstack4j.api.socket.SockRequest;
import dev.netstack4j.proto.tcp.control.ListenVars;
import dev.netstack4j.proto.tcp.control.ReceiveVars;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpState;
import dev.netstack4j.proto.tcp.header.SegmentControl;
import dev.netstack4j.proto.tcp.input.Reader;
import dev.netstack4j.proto.tcp.output.SendBuffer;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/// Stream sockets of the Internet families.
@Linux("net/ipv4/af_inet.c#inet_stream_ops")
public final class TcpProtoOps implements ProtoOps {
    private final TcpStack tcp;
    private final InetFamilies families;
    private final Connector connector;
    private final TcpOptionCalls options;
    private final FastOpenCalls fastOpen;

    /// One per stack.
    @Inject
    public TcpProtoOps(TcpStack tcp, InetFamilies families) {
        this.tcp = tcp;
        this.families = families;
        this.connector = new Connector(tcp);
        this.fastOpen = new FastOpenCalls(tcp, connector);
        this.options = new TcpOptionCalls(tcp, fastOpen);
    }

    @Override
    public Sock create(SockRequest request) {
        InetFamilyOps network = families.find(request.family());
        if (network == null) {
            throw new IllegalStateException("no network layer for " + request.family());
        }
        TcpSock sock = new TcpSock(request, network, tcp.port());
        if (!sock.settings().receiveBufferLocked) {
            sock.settings().receiveBuffer = tcp.sysctls().rmemDefault.get();
        }
        if (!sock.settings().sendBufferLocked) {
            sock.settings().sendBuffer = tcp.sysctls().wmemDefault.get();
        }
        return sock;
    }

    @Override
    public int bind(Sock sock, SockAddress address, Cpu cpu) {
        return connector.bind((TcpSock) sock, address);
    }

    @Override
    public int connect(Sock sock, SockAddress address, Cpu cpu) {
        return connector.connect((TcpSock) sock, address, cpu);
    }

    @Override
    public int listen(Sock sock, int backlog, Cpu cpu) {
        return connector.listen((TcpSock) sock, backlog, cpu);
    }

    @Override
    public @Nullable Sock accept(Sock sock, Cpu cpu) {
        TcpSock listener = (TcpSock) sock;
        TcpSock child = listener.state() == TcpState.LISTEN ? tcp.calls().accept(listener) : null;
        if (child != null) {
            child.everConnected = true;
        }
        return child;
    }

    @Override
    public int sendmsg(Sock s, Message message, int limit, Cpu cpu) {
        TcpSock sock = (TcpSock) s;
        if (message.has(MessageFlags.FASTOPEN) || sock.isDeferred()) {
            return fastOpen.send(sock, message, cpu);
        }
        TcpState state = sock.state();
        if (state == TcpState.SYN_SENT || state == TcpState.SYN_RECEIVED && !sock.isPassiveFastOpen()) {
            SendBuffer.wantSpace(sock);
            return Errno.EAGAIN.negative();
        }
        int error = sock.takeError();
        if (error != 0) {
            return -error;
        }
        if (!state.maySend() && !sock.isPassiveFastOpen() || (sock.shutdown() & Sock.SEND_SHUTDOWN) != 0) {
            return Errno.EPIPE.negative();
        }
        int taken = tcp.buffer().append(sock, message, limit, cpu);
        tcp.memory().account(sock, cpu);
        return taken;
    }

    @Override
    public int recvmsg(Sock s, Message message, int limit, Cpu cpu) {
        TcpSock sock = (TcpSock) s;
        if (sock.state() == TcpState.LISTEN) {
            return Errno.ENOTCONN.negative();
        }
        if (message.has(MessageFlags.OOB)) {
            return UrgentReader.read(sock, message);
        }
        int copied = message.remaining() > 0 ? tcp.reader().read(sock, message, limit, cpu) : 0;
        tcp.memory().account(sock, cpu);
        return copied > 0 || message.remaining() == 0 ? copied : nothing(sock);
    }

    /// Why there is nothing to read.
    private static int nothing(TcpSock sock) {
        if (sock.rcv.finReceived) {
            return 0;
        }
        int error = sock.takeError();
        if (error != 0) {
            return -error;
        }
        if ((sock.shutdown() & Sock.RCV_SHUTDOWN) != 0) {
            return 0;
        }
        if (sock.state() == TcpState.CLOSED) {
            return Errno.ENOTCONN.negative();
        }
        return Errno.EAGAIN.negative();
    }

    @Override
    @Linux("net/ipv4/tcp.c#tcp_poll")
    public int poll(Sock s) {
        TcpSock sock = (TcpSock) s;
        ListenVars listen = sock.listen;
        if (sock.state() == TcpState.LISTEN) {
            return listen != null && listen.acceptLength > 0 ? PollEvents.IN : 0;
        }
        int bits = sock.error() != 0 ? PollEvents.ERR : 0;
        int shut = sock.shutdown();
        if (shut == Sock.SHUTDOWN_MASK || sock.state() == TcpState.CLOSED) {
            bits |= PollEvents.HUP;
        }
        if ((shut & Sock.RCV_SHUTDOWN) != 0) {
            bits |= PollEvents.IN | PollEvents.RDHUP;
        }
        if (sock.state() == TcpState.SYN_SENT) {
            return sock.isDeferred() ? bits | PollEvents.OUT : bits;
        }
        if (sock.state() == TcpState.SYN_RECEIVED && !sock.isPassiveFastOpen()) {
            return bits;
        }
        return bits | readable(sock) | writable(sock, shut);
    }

    private static int readable(TcpSock sock) {
        ReceiveVars rcv = sock.rcv;
        SkBuff tail = sock.receiveQueue().peekTail();
        int available = tail == null ? 0 : SegmentControl.endSeq(tail) - rcv.copiedSeq;
        int bits = available >= Math.max(1, sock.settings().receiveLowWater) || available > 0 && rcv.finReceived
                ? PollEvents.IN
                : 0;
        return bits | (rcv.urgentByte >= 0 ? PollEvents.PRI : 0);
    }

    /// A writer that is told "no" will be woken: so the mark is set before looking again.
    private static int writable(TcpSock sock, int shut) {
        if ((shut & Sock.SEND_SHUTDOWN) != 0) {
            return PollEvents.OUT;
        }
        if (SendBuffer.isWriteable(sock)) {
            return PollEvents.OUT;
        }
        SendBuffer.wantSpace(sock);
        return SendBuffer.isWriteable(sock) ? PollEvents.OUT : 0;
    }

    /// What listens or is being opened is taken apart.
    @Override
    @Linux("net/ipv4/af_inet.c#inet_shutdown")
    public int shutdown(Sock s, int how, Cpu cpu) {
        TcpSock sock = (TcpSock) s;
        if (how < 0 || how > 2) {
            return Errno.EINVAL.negative();
        }
        TcpState state = sock.state();
        if (state == TcpState.SYN_SENT || state == TcpState.LISTEN && how != 1) {
            connector.disconnect(sock, cpu);
            return 0;
        }
        if (state != TcpState.LISTEN) {
            sock.addShutdown(how == 0 ? Sock.RCV_SHUTDOWN : how == 1 ? Sock.SEND_SHUTDOWN : Sock.SHUTDOWN_MASK);
            if (how != 0) {
                tcp.calls().shutdownSend(sock, cpu);
            }
        }
        sock.stateChange(cpu);
        return state == TcpState.CLOSED ? Errno.ENOTCONN.negative() : 0;
    }

    @Override
    public void release(Sock sock, Cpu cpu) {
        sock.orphan();
        tcp.calls().close((TcpSock) sock, cpu);
    }

    @Override
    public @Nullable SockAddress name(Sock s, boolean peer) {
        TcpSock sock = (TcpSock) s;
        IpAddress address = peer ? sock.remoteAddress() : sock.localAddress();
        int port = peer ? sock.remotePort() : sock.localPort();
        boolean unknownPeer = peer && (sock.state() == TcpState.CLOSED || sock.state() == TcpState.LISTEN);
        return unknownPeer ? null : InetSockAddress.of(address, port);
    }

    @Override
    public ProtoOptions options() {
        return options;
    }

    static int available(TcpSock sock) {
        return Reader.available(sock);
    }
}
