package dev.netstack4j.proto.ipv4.raw;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.InetOptions;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.ProtoOps;
import dev.netstack4j.api.socket.ProtoOptions;
import dev.netstack4j.api.socket.Sock;
import dev.netstack4j.api.socket.SockAddress;
import dev.netstack4j.api.socket.SockRequest;
import dev.netstack4j.proto.ipv4.accounting.IpReasons;
import dev.netstack4j.proto.ipv4.header.Ipv4Header;
import dev.netstack4j.proto.ipv4.output.HeaderWriter;
import dev.netstack4j.proto.ipv4.output.Identifiers;
import dev.netstack4j.proto.ipv4.output.IpOutput;
import dev.netstack4j.proto.ipv4.output.OutputMarks;
import dev.netstack4j.proto.ipv4.route.Ipv4Dst;
import dev.netstack4j.proto.ipv4.route.RouteKind;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/// Raw sockets: send packets of any protocol, with or without an IP header of their own, and get every packet of their
/// protocol.
@Linux("net/ipv4/raw.c#raw_prot")
public final class RawOps implements ProtoOps {
    private final RawSockets sockets;
    private final DatagramCalls calls;
    private final PacketMaker maker;
    private final HeaderWriter headers;
    private final Identifiers identifiers;
    private final IpOutput output;
    private final IpReasons reasons;

    @Inject
    RawOps(
            RawSockets sockets,
            DatagramCalls calls,
            PacketMaker maker,
            HeaderWriter headers,
            Identifiers identifiers,
            IpOutput output,
            IpReasons reasons) {
        this.sockets = sockets;
        this.calls = calls;
        this.maker = maker;
        this.headers = headers;
        this.identifiers = identifiers;
        this.output = output;
        this.reasons = reasons;
    }

    @Override
    public Sock create(SockRequest request) {
        RawSock s = new RawSock(request, reasons);
        sockets.add(s);
        return s;
    }

    @Override
    public int bind(Sock sock, SockAddress address, Cpu cpu) {
        return calls.bindAddress((RawSock) sock, address);
    }

    @Override
    public int connect(Sock sock, SockAddress address, Cpu cpu) {
        return calls.connect((RawSock) sock, address, cpu);
    }

    @Override
    @Linux("net/ipv4/raw.c#raw_sendmsg")
    public int sendmsg(Sock sock, Message message, int limit, Cpu cpu) {
        RawSock s = (RawSock) sock;
        int length = (int) Math.min(message.remaining(), Integer.MAX_VALUE);
        int error = s.takeError();
        IpAddress to = DatagramCalls.destination(s, message);
        if (error != 0 || (s.shutdown() & Sock.SEND_SHUTDOWN) != 0) {
            return error != 0 ? -error : Errno.EPIPE.negative();
        }
        if (DatagramCalls.isForeign(message)) {
            return Errno.EAFNOSUPPORT.negative();
        }
        if (to == null || length > Ipv4Header.MOST_PACKET) {
            return (to == null ? Errno.EDESTADDRREQ : Errno.EMSGSIZE).negative();
        }
        if (s.context().writeAllocated() >= s.settings().sendBuffer) {
            return Errno.EAGAIN.negative();
        }
        Ipv4Dst dst = calls.route(s, to, cpu);
        if (dst == null || dst.kind() == RouteKind.BROADCAST && !s.settings().broadcast) {
            return (dst == null ? Errno.ENETUNREACH : Errno.EACCES).negative();
        }
        return send(s, message, length, to, dst, cpu);
    }

    private int send(RawSock s, Message message, int length, IpAddress to, Ipv4Dst dst, Cpu cpu) {
        boolean own = s.headerIncluded();
        if (own && (length < Ipv4Header.LENGTH || length > dst.mtu())) {
            return (length < Ipv4Header.LENGTH ? Errno.EINVAL : Errno.EMSGSIZE).negative();
        }
        SkBuff skb = maker.make(message, length, cpu);
        if (skb == null) {
            return Errno.ENOBUFS.negative();
        }
        s.context().ownerWrite(skb);
        skb.dst(dst);
        skb.priority(s.settings().priority);
        skb.mark(s.settings().mark);
        IpAddress from = s.localAddress().isAny() ? dst.source() : s.localAddress();
        int result = own ? sendOwnHeader(skb, from, cpu) : sendWithHeader(s, skb, from, to, cpu);
        return result < 0 ? result : length;
    }

    private int sendWithHeader(RawSock s, SkBuff skb, IpAddress from, IpAddress to, Cpu cpu) {
        skb.resetTransportHeader();
        int refused = headers.push(s, skb, s.protocol(), from.v4Bits(), to.v4Bits());
        if (refused != 0) {
            skb.drop(reasons.tooBig, cpu);
            return refused;
        }
        return output.localOut(skb, cpu);
    }

    /// The application wrote the header: fill in what it left open.
    @Linux("net/ipv4/raw.c#raw_send_hdrinc")
    private int sendOwnHeader(SkBuff skb, IpAddress from, Cpu cpu) {
        skb.resetNetworkHeader();
        int at = skb.networkHeader();
        int headerLength = Ipv4Header.headerLength(skb, at);
        if (headerLength < Ipv4Header.LENGTH || headerLength > skb.headLength()) {
            skb.drop(reasons.headerLength, cpu);
            return Errno.EINVAL.negative();
        }
        skb.transportHeader(at + headerLength);
        skb.put16(at + 2, skb.length());
        if (Ipv4Header.source(skb, at) == 0) {
            skb.put32(at + 12, from.v4Bits());
        }
        if (Ipv4Header.ident(skb, at) == 0) {
            int ident = identifiers.next(
                    Ipv4Header.source(skb, at), Ipv4Header.destination(skb, at), Ipv4Header.protocol(skb, at));
            skb.put16(at + 4, ident);
        }
        Ipv4Header.seal(skb, at, headerLength);
        OutputMarks.set(skb, 0);
        return output.localOut(skb, cpu);
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
        return DatagramCalls.shutdown((RawSock) sock, how, cpu);
    }

    @Override
    public void release(Sock sock, Cpu cpu) {
        sockets.remove((RawSock) sock);
        calls.release((RawSock) sock, cpu);
    }

    @Override
    public @Nullable SockAddress name(Sock sock, boolean peer) {
        return DatagramCalls.name((RawSock) sock, peer);
    }

    @Override
    public ProtoOptions options() {
        return InetOptions.INSTANCE;
    }
}
