package dev.netstack4j.proto.ipv4.raw;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.buffer.Checksum;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.protocol.IpProtocol;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.InetOptions;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.ProtoOps;
import dev.netstack4j.api.socket.ProtoOptions;
import dev.netstack4j.api.socket.Sock;
import dev.netstack4j.api.socket.SockAddress;
import dev.netstack4j.api.socket.SockRequest;
import dev.netstack4j.proto.ipv4.accounting.IcmpCounters;
import dev.netstack4j.proto.ipv4.accounting.IpReasons;
import dev.netstack4j.proto.ipv4.header.IcmpHeader;
import dev.netstack4j.proto.ipv4.header.Ipv4Header;
import dev.netstack4j.proto.ipv4.output.HeaderWriter;
import dev.netstack4j.proto.ipv4.output.IpOutput;
import dev.netstack4j.proto.ipv4.route.Ipv4Dst;
import dev.netstack4j.proto.ipv4.route.RouteKind;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/// Ping sockets: the application gives an ICMP echo request; identifier and checksum are filled in here. The identifier
/// is the socket's port.
@Linux("net/ipv4/ping.c#ping_prot")
public final class PingOps implements ProtoOps {
    private final PingSockets sockets;
    private final DatagramCalls calls;
    private final PacketMaker maker;
    private final HeaderWriter headers;
    private final IpOutput output;
    private final IcmpCounters counters;
    private final IpReasons reasons;

    @Inject
    PingOps(
            PingSockets sockets,
            DatagramCalls calls,
            PacketMaker maker,
            HeaderWriter headers,
            IpOutput output,
            IcmpCounters counters,
            IpReasons reasons) {
        this.sockets = sockets;
        this.calls = calls;
        this.maker = maker;
        this.headers = headers;
        this.output = output;
        this.counters = counters;
        this.reasons = reasons;
    }

    @Override
    public Sock create(SockRequest request) {
        return new PingSock(request, reasons);
    }

    @Override
    @Linux("net/ipv4/ping.c#ping_bind")
    public int bind(Sock sock, SockAddress address, Cpu cpu) {
        PingSock s = (PingSock) sock;
        InetSockAddress a = DatagramCalls.inet(address);
        if (a == null || s.localPort() != 0) {
            return (a == null ? Errno.EAFNOSUPPORT : Errno.EINVAL).negative();
        }
        int result = calls.bindAddress(s, address);
        return result != 0 ? result : takeIdent(s, a.port());
    }

    private int takeIdent(PingSock s, int wanted) {
        return s.localPort() != 0 || sockets.add(s, wanted) > 0 ? 0 : Errno.EADDRINUSE.negative();
    }

    @Override
    public int connect(Sock sock, SockAddress address, Cpu cpu) {
        int result = takeIdent((PingSock) sock, 0);
        return result != 0 ? result : calls.connect((PingSock) sock, address, cpu);
    }

    @Override
    @Linux("net/ipv4/ping.c#ping_v4_sendmsg")
    public int sendmsg(Sock sock, Message message, int limit, Cpu cpu) {
        PingSock s = (PingSock) sock;
        long length = message.remaining();
        int error = s.takeError();
        IpAddress to = DatagramCalls.destination(s, message);
        if (error != 0 || (s.shutdown() & Sock.SEND_SHUTDOWN) != 0) {
            return error != 0 ? -error : Errno.EPIPE.negative();
        }
        if (DatagramCalls.isForeign(message)) {
            return Errno.EAFNOSUPPORT.negative();
        }
        if (to == null || length > Ipv4Header.MOST_PACKET - Ipv4Header.LENGTH || length < IcmpHeader.LENGTH) {
            return (to == null ? Errno.EDESTADDRREQ : length < IcmpHeader.LENGTH ? Errno.EINVAL : Errno.EMSGSIZE)
                    .negative();
        }
        if (s.context().writeAllocated() >= s.settings().sendBuffer) {
            return Errno.EAGAIN.negative();
        }
        int taken = takeIdent(s, 0);
        Ipv4Dst dst = calls.route(s, to, cpu);
        if (taken != 0 || dst == null) {
            return taken != 0 ? taken : Errno.ENETUNREACH.negative();
        }
        if (dst.kind() == RouteKind.BROADCAST && !s.settings().broadcast) {
            return Errno.EACCES.negative();
        }
        return send(s, message, (int) length, to, dst, cpu);
    }

    private int send(PingSock s, Message message, int length, IpAddress to, Ipv4Dst dst, Cpu cpu) {
        SkBuff skb = maker.make(message, length, cpu);
        if (skb == null) {
            return Errno.ENOBUFS.negative();
        }
        int at = skb.data();
        IpAddress from = s.localAddress().isAny() ? dst.source() : s.localAddress();
        int refused = skb.get16(at) != IcmpHeader.ECHO << 8 ? Errno.EINVAL.negative() : 0;
        if (refused == 0) {
            skb.put16(at + 4, s.localPort());
            skb.put16(at + 2, 0);
            skb.put16(at + 2, Checksum.finish(skb.sum(0, length)));
            s.context().ownerWrite(skb);
            skb.dst(dst);
            skb.priority(s.settings().priority);
            skb.mark(s.settings().mark);
            skb.resetTransportHeader();
            refused = headers.push(s, skb, IpProtocol.ICMP, from.v4Bits(), to.v4Bits());
        }
        if (refused != 0) {
            skb.drop(reasons.tooBig, cpu);
            return refused;
        }
        counters.sent(IcmpHeader.ECHO, cpu);
        int result = output.localOut(skb, cpu);
        return result < 0 ? result : length;
    }

    @Override
    public int recvmsg(Sock sock, Message message, int limit, Cpu cpu) {
        return calls.receive(sock, message, cpu);
    }

    @Override
    public int poll(Sock sock) {
        return DatagramCalls.poll(sock);
    }

    @Override
    public int shutdown(Sock sock, int how, Cpu cpu) {
        return DatagramCalls.shutdown((PingSock) sock, how, cpu);
    }

    @Override
    public void release(Sock sock, Cpu cpu) {
        sockets.remove((PingSock) sock);
        calls.release((PingSock) sock, cpu);
    }

    @Override
    public @Nullable SockAddress name(Sock sock, boolean peer) {
        return DatagramCalls.name((PingSock) sock, peer);
    }

    @Override
    public ProtoOptions options() {
        return InetOptions.INSTANCE;
    }
}
