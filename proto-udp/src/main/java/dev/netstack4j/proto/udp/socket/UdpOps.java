package dev.netstack4j.proto.udp.socket;

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
import dev.netstack4j.api.socket.ProtoOps;
import dev.netstack4j.api.socket.ProtoOptions;
import dev.netstack4j.api.socket.Sock;
import dev.netstack4j.api.socket.SockAddress;
import dev.netstack4j.api.socket.SockRequest;
import dev.netstack4j.proto.udp.accounting.UdpCounters;
import dev.netstack4j.proto.udp.accounting.UdpReasons;
import dev.netstack4j.proto.udp.demux.Ports;
import dev.netstack4j.proto.udp.demux.UdpSock;
import dev.netstack4j.proto.udp.input.Network;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/// UDP sockets.
@Linux("net/ipv4/udp.c#udp_prot")
public final class UdpOps implements ProtoOps {
    private final Network network;
    private final Ports ports;
    private final UdpSending sending;
    private final UdpReceiving receiving;
    private final UdpCounters counters;
    private final UdpReasons reasons;

    /// Over both directions.
    @Inject
    public UdpOps(
            Network network,
            Ports ports,
            UdpSending sending,
            UdpReceiving receiving,
            UdpCounters counters,
            UdpReasons reasons) {
        this.network = network;
        this.ports = ports;
        this.sending = sending;
        this.receiving = receiving;
        this.counters = counters;
        this.reasons = reasons;
    }

    @Override
    public Sock create(SockRequest request) {
        return new UdpSock(request, counters, reasons);
    }

    @Override
    @Linux("net/ipv4/af_inet.c#inet_bind_sk")
    public int bind(Sock sock, SockAddress address, Cpu cpu) {
        UdpSock s = (UdpSock) sock;
        if (!(address instanceof InetSockAddress a && a.family().equals(AddressFamily.INET))) {
            return Errno.EAFNOSUPPORT.negative();
        }
        if (s.localPort() != 0) {
            return Errno.EINVAL.negative();
        }
        if (network.inet().addressType(a.ip()) == AddressType.UNICAST && !s.freeBind()) {
            return Errno.EADDRNOTAVAIL.negative();
        }
        if (a.port() == 0 && s.bindAddressNoPort()) {
            s.localAddress(a.ip());
            return 0;
        }
        return ports.bind(s, a.ip(), a.port());
    }

    @Override
    @Linux("net/ipv4/datagram.c#__ip4_datagram_connect")
    public int connect(Sock sock, SockAddress address, Cpu cpu) {
        UdpSock s = (UdpSock) sock;
        if (address.family().equals(AddressFamily.UNSPEC)) {
            return disconnect(s);
        }
        if (!(address instanceof InetSockAddress a && a.family().equals(AddressFamily.INET))) {
            return Errno.EAFNOSUPPORT.negative();
        }
        Flow flow = s.flow().reset(s.localAddress(), a.ip(), IpProtocol.UDP);
        flow.ports(s.localPort(), a.port()).via(s.settings().boundDevice, s.tos(), s.settings().mark);
        int routed = network.inet().routeOutput(flow, cpu);
        if (routed != 0) {
            return routed;
        }
        if (!s.settings().broadcast && network.inet().addressType(a.ip()) == AddressType.BROADCAST) {
            return Errno.EACCES.negative();
        }
        int bound = s.localPort() != 0 ? 0 : ports.bind(s, s.localAddress(), 0);
        return bound != 0 ? bound : become(s, flow, a);
    }

    private int become(UdpSock s, Flow flow, InetSockAddress peer) {
        if (s.localAddress().isAny()) {
            s.localAddress(flow.source());
        }
        // To nobody means to this host.
        s.remoteAddress(peer.ip().isAny() ? flow.source() : peer.ip());
        s.remotePort(peer.port());
        s.dst(flow.dst());
        s.inputRoute(null);
        ports.moved(s);
        return 0;
    }

    /// Any peer again. A local address that connecting chose stays.
    @Linux("net/ipv4/udp.c#__udp_disconnect")
    private int disconnect(UdpSock s) {
        s.remoteAddress(IpAddress.ANY_V4);
        s.remotePort(0);
        s.dst(null);
        s.inputRoute(null);
        if (s.localPort() != 0) {
            ports.moved(s);
        }
        return 0;
    }

    @Override
    public int sendmsg(Sock sock, Message message, int limit, Cpu cpu) {
        return sending.sendmsg((UdpSock) sock, message, cpu);
    }

    @Override
    public int recvmsg(Sock sock, Message message, int limit, Cpu cpu) {
        return receiving.recvmsg((UdpSock) sock, message, cpu);
    }

    @Override
    public int poll(Sock sock) {
        return UdpReceiving.poll(sock);
    }

    @Override
    public int shutdown(Sock sock, int how, Cpu cpu) {
        if (how < 0 || how > 2) {
            return Errno.EINVAL.negative();
        }
        if (((UdpSock) sock).remotePort() == 0) {
            return Errno.ENOTCONN.negative();
        }
        sock.addShutdown(how == 2 ? Sock.SHUTDOWN_MASK : how + 1);
        sock.stateChange(cpu);
        return 0;
    }

    @Override
    public void release(Sock sock, Cpu cpu) {
        UdpSock s = (UdpSock) sock;
        s.close();
        ports.release(s);
        s.receiveQueue().dropAll(reasons.closed, cpu);
        s.dst(null);
        s.inputRoute(null);
    }

    @Override
    public @Nullable SockAddress name(Sock sock, boolean peer) {
        UdpSock s = (UdpSock) sock;
        if (!peer) {
            return InetSockAddress.of(s.localAddress(), s.localPort());
        }
        return s.remotePort() == 0 ? null : InetSockAddress.of(s.remoteAddress(), s.remotePort());
    }

    @Override
    public ProtoOptions options() {
        return UdpOptions.INSTANCE;
    }
}
