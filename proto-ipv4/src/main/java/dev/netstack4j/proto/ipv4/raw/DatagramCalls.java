package dev.netstack4j.proto.ipv4.raw;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.protocol.AddressType;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.MessageFlags;
import dev.netstack4j.api.socket.PollEvents;
import dev.netstack4j.api.socket.Sock;
import dev.netstack4j.api.socket.SockAddress;
import dev.netstack4j.proto.ipv4.accounting.IpReasons;
import dev.netstack4j.proto.ipv4.header.Ipv4Header;
import dev.netstack4j.proto.ipv4.route.Ipv4Dst;
import dev.netstack4j.proto.ipv4.route.RouteKind;
import dev.netstack4j.proto.ipv4.route.Routes;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/// What raw and ping sockets do alike. Process context, under the socket's ownership.
public final class DatagramCalls {
    private final Routes routes;
    private final IpReasons reasons;

    /// Over the routes.
    @Inject
    public DatagramCalls(Routes routes, IpReasons reasons) {
        this.routes = routes;
        this.reasons = reasons;
    }

    /// The address of an argument, or null when it is of another family.
    static @Nullable InetSockAddress inet(@Nullable SockAddress address) {
        return address instanceof InetSockAddress a && a.family().equals(AddressFamily.INET) ? a : null;
    }

    /// Sets the local address if the host has it.
    @Linux("net/ipv4/raw.c#raw_bind")
    int bindAddress(DatagramSock s, SockAddress address) {
        InetSockAddress a = inet(address);
        if (a == null) {
            return Errno.EAFNOSUPPORT.negative();
        }
        if (routes.type(a.ip().v4Bits()) == AddressType.UNICAST) {
            return Errno.EADDRNOTAVAIL.negative();
        }
        s.localAddress(a.ip());
        s.publishAddresses();
        return 0;
    }

    /// Fixes the peer and, if it was open, the local address.
    @Linux("net/ipv4/datagram.c#ip4_datagram_connect")
    int connect(DatagramSock s, SockAddress address, Cpu cpu) {
        InetSockAddress a = inet(address);
        if (a == null) {
            return Errno.EAFNOSUPPORT.negative();
        }
        Ipv4Dst dst = route(s, a.ip(), cpu);
        if (dst == null) {
            return Errno.ENETUNREACH.negative();
        }
        if (dst.kind() == RouteKind.BROADCAST && !s.settings().broadcast) {
            return Errno.EACCES.negative();
        }
        if (s.localAddress().isAny()) {
            s.localAddress(dst.source());
        }
        s.remoteAddress(a.ip());
        s.remotePort(a.port());
        s.dst(dst);
        s.publishAddresses();
        return 0;
    }

    /// The way to a destination: the socket's own when it is connected there and the way is still good.
    @Nullable
    Ipv4Dst route(DatagramSock s, IpAddress to, Cpu cpu) {
        if (to.equals(s.remoteAddress()) && s.dst() instanceof Ipv4Dst cached && cached.isValid()) {
            return cached;
        }
        return routes.output(to.v4Bits(), s.localAddress().v4Bits(), s.settings().boundDevice, cpu);
    }

    /// Whether a message names a destination of another family.
    @Linux("net/ipv4/raw.c#raw_sendmsg")
    static boolean isForeign(Message message) {
        return message.destination() != null && inet(message.destination()) == null;
    }

    /// The destination of a message: its own address or the peer's; null when there is neither.
    static @Nullable IpAddress destination(DatagramSock s, Message message) {
        InetSockAddress to = inet(message.destination());
        if (to != null) {
            return to.ip();
        }
        return s.remoteAddress().isAny() ? null : s.remoteAddress();
    }

    /// Gives the next packet, from its position `skip` on.
    int receive(Sock s, Message message, Cpu cpu) {
        int error = s.takeError();
        if (error != 0) {
            return -error;
        }
        boolean peek = message.has(MessageFlags.PEEK);
        SkBuff skb = s.receiveQueue().peek();
        if (skb == null) {
            return (s.shutdown() & Sock.RCV_SHUTDOWN) != 0 ? 0 : Errno.EAGAIN.negative();
        }
        if (!peek) {
            s.receiveQueue().unlink(skb);
        }
        int length = skb.length();
        int moved = message.copyFrom(skb, 0, length);
        if (moved < length) {
            message.addResultFlag(MessageFlags.TRUNC);
        }
        int source = Ipv4Header.source(skb, skb.networkHeader());
        message.source(AddressFamily.INET, 0, IpAddress.mapped(source), 0);
        if (!peek) {
            skb.consume(reasons.socketRead, cpu);
        }
        return message.has(MessageFlags.TRUNC) ? length : moved;
    }

    /// Readiness bits.
    @Linux("net/core/datagram.c#datagram_poll")
    static int poll(Sock s) {
        int events = s.error() != 0 ? PollEvents.ERR : 0;
        boolean ended = (s.shutdown() & Sock.RCV_SHUTDOWN) != 0;
        if (ended) {
            events |= PollEvents.RDHUP;
        }
        if (s.shutdown() == Sock.SHUTDOWN_MASK) {
            events |= PollEvents.HUP;
        }
        if (ended || !s.receiveQueue().isEmpty()) {
            events |= PollEvents.IN;
        }
        return s.context().writeAllocated() * 2L <= s.settings().sendBuffer ? events | PollEvents.OUT : events;
    }

    /// Ends directions of a connected socket.
    static int shutdown(DatagramSock s, int how, Cpu cpu) {
        if (s.remoteAddress().isAny()) {
            return Errno.ENOTCONN.negative();
        }
        s.addShutdown(how == 2 ? Sock.SHUTDOWN_MASK : how + 1);
        s.stateChange(cpu);
        return 0;
    }

    /// Frees what is queued.
    void release(DatagramSock s, Cpu cpu) {
        s.close();
        s.receiveQueue().dropAll(reasons.socketClosed, cpu);
        s.dst(null);
    }

    /// Its own address or the peer's.
    static @Nullable SockAddress name(DatagramSock s, boolean peer) {
        if (!peer) {
            return InetSockAddress.of(s.localAddress(), s.localPort());
        }
        return s.remoteAddress().isAny() ? null : InetSockAddress.of(s.remoteAddress(), s.remotePort());
    }
}
