package dev.netstack4j.proto.udp.socket;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.buffer.Checksum;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.protocol.AddressType;
import dev.netstack4j.api.protocol.Dst;
import dev.netstack4j.api.protocol.Flow;
import dev.netstack4j.api.protocol.IpProtocol;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.MessageFlags;
import dev.netstack4j.api.socket.Sock;
import dev.netstack4j.api.socket.SockAddress;
import dev.netstack4j.proto.udp.accounting.UdpCounters;
import dev.netstack4j.proto.udp.demux.Ports;
import dev.netstack4j.proto.udp.demux.UdpSock;
import dev.netstack4j.proto.udp.header.UdpHeader;
import dev.netstack4j.proto.udp.input.Network;
import jakarta.inject.Inject;

/// Sends datagrams. Process context, under the socket's ownership.
@Linux("net/ipv4/udp.c#udp_sendmsg")
public final class UdpSending {
    /// Most data of a datagram over IPv4.
    static final int MOST_DATA = 65535 - 20 - UdpHeader.LENGTH;

    private final Network network;
    private final Ports ports;
    private final DatagramMaker maker;
    private final UdpCounters counters;

    /// Over the network layer.
    @Inject
    public UdpSending(Network network, Ports ports, DatagramMaker maker, UdpCounters counters) {
        this.network = network;
        this.ports = ports;
        this.maker = maker;
        this.counters = counters;
    }

    /// Sends one message as one datagram.
    ///
    /// @return bytes taken, or a negative error
    int sendmsg(UdpSock s, Message message, Cpu cpu) {
        int refused = check(s, message);
        if (refused != 0) {
            return refused;
        }
        SockAddress to = message.destination();
        if (to != null && !(to instanceof InetSockAddress a && a.family().equals(AddressFamily.INET))) {
            return Errno.EAFNOSUPPORT.negative();
        }
        InetSockAddress peer = to instanceof InetSockAddress a ? a : null;
        IpAddress destination = peer != null ? peer.ip() : s.remoteAddress();
        int port = peer != null ? peer.port() : s.remotePort();
        if (peer == null && port == 0) {
            return Errno.EDESTADDRREQ.negative();
        }
        if (port == 0) {
            return Errno.EINVAL.negative();
        }
        int bound = s.localPort() != 0 ? 0 : ports.bind(s, s.localAddress(), 0);
        int routed = bound != 0 ? bound : route(s, destination, port, peer == null, cpu);
        return routed != 0 ? routed : send(s, message, port, cpu);
    }

    private static int check(UdpSock s, Message message) {
        int error = s.takeError();
        if (error != 0) {
            return -error;
        }
        if ((s.shutdown() & Sock.SEND_SHUTDOWN) != 0) {
            return Errno.EPIPE.negative();
        }
        if (message.has(MessageFlags.OOB)) {
            return Errno.EOPNOTSUPP.negative();
        }
        if (message.remaining() > MOST_DATA) {
            return Errno.EMSGSIZE.negative();
        }
        return s.context().writeAllocated() >= s.settings().sendBuffer ? Errno.EAGAIN.negative() : 0;
    }

    /// Fills in the socket's flow: from the route that a connected socket keeps while it is good, otherwise by asking.
    private int route(UdpSock s, IpAddress destination, int port, boolean connected, Cpu cpu) {
        Flow flow = s.flow().reset(s.localAddress(), destination, IpProtocol.UDP);
        flow.ports(s.localPort(), port).via(s.settings().boundDevice, s.tos(), s.settings().mark);
        Dst cached = s.dst();
        if (connected && cached != null && cached.isValid()) {
            flow.answer(cached, s.localAddress());
            return 0;
        }
        int result = network.inet().routeOutput(flow, cpu);
        if (result != 0) {
            return result;
        }
        if (!s.settings().broadcast && network.inet().addressType(destination) == AddressType.BROADCAST) {
            return Errno.EACCES.negative();
        }
        if (connected) {
            s.dst(flow.dst());
        }
        return 0;
    }

    private int send(UdpSock s, Message message, int port, Cpu cpu) {
        int length = (int) message.remaining();
        SkBuff skb = maker.make(message, length, network.inet().headroom() + UdpHeader.LENGTH, cpu);
        if (skb == null) {
            counters.sendBufferErrors.increment(cpu);
            return Errno.ENOBUFS.negative();
        }
        s.context().ownerWrite(skb);
        writeHeader(s, skb, port, length + UdpHeader.LENGTH);
        int result = network.inet().send(s, skb, s.flow(), cpu);
        if (result < 0) {
            counters.sendBufferErrors.add(cpu, result == Errno.ENOBUFS.negative() ? 1 : 0);
            return result;
        }
        // What the device queue drops is lost like on any wire.
        counters.outDatagrams.increment(cpu);
        return length;
    }

    /// The checksum is left to the device, or to core where it cannot.
    @Linux("net/ipv4/udp.c#udp_send_skb")
    private void writeHeader(UdpSock s, SkBuff skb, int port, int length) {
        int at = skb.push(UdpHeader.LENGTH);
        skb.resetTransportHeader();
        int sum = network.inet().addressSum(s.flow().source(), s.flow().destination());
        UdpHeader.write(skb, at, s.localPort(), port, length, Checksum.fold(sum + IpProtocol.UDP + length));
        skb.checksumPartial(at, UdpHeader.CHECKSUM);
    }
}
