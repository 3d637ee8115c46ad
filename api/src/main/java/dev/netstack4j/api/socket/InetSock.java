package dev.netstack4j.api.socket;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.protocol.Dst;
import org.jspecify.annotations.Nullable;

/// A socket over IP: its addresses, ports, route and header options. Guarded by the socket's ownership.
@Linux("include/net/inet_sock.h#inet_sock")
public abstract class InetSock extends Sock {
    private IpAddress localAddress;
    private IpAddress remoteAddress;
    private int localPort;
    private int remotePort;
    private @Nullable Dst dst;
    private int tos;
    private int ttl = -1;
    private int multicastTtl = 1;
    private boolean headerIncluded;
    private int mtuDiscover = 1;
    private boolean receiveErrors;

    /// Unbound and unconnected.
    protected InetSock(SockRequest request) {
        super(request);
        IpAddress any = request.family().number() == 2 ? IpAddress.ANY_V4 : IpAddress.v6(0, 0);
        localAddress = any;
        remoteAddress = any;
    }

    /// The bound address; the wildcard when unbound.
    public final IpAddress localAddress() {
        return localAddress;
    }

    /// Sets the bound address.
    public final void localAddress(IpAddress address) {
        localAddress = address;
    }

    /// The peer's address; the wildcard when unconnected.
    public final IpAddress remoteAddress() {
        return remoteAddress;
    }

    /// Sets the peer's address.
    public final void remoteAddress(IpAddress address) {
        remoteAddress = address;
    }

    /// The bound port; 0 when unbound.
    public final int localPort() {
        return localPort;
    }

    /// Sets the bound port.
    public final void localPort(int port) {
        localPort = port;
    }

    /// The peer's port; 0 when unconnected.
    public final int remotePort() {
        return remotePort;
    }

    /// Sets the peer's port.
    public final void remotePort(int port) {
        remotePort = port;
    }

    /// The cached route, valid or not; null when there is none.
    public final @Nullable Dst dst() {
        return dst;
    }

    /// Caches a route.
    @Linux("include/net/sock.h#sk_dst_set")
    public final void dst(@Nullable Dst route) {
        dst = route;
    }

    /// IP_TOS.
    public final int tos() {
        return tos;
    }

    /// Sets IP_TOS.
    public final void tos(int value) {
        tos = value;
    }

    /// IP_TTL; -1 for the route's default.
    public final int ttl() {
        return ttl;
    }

    /// Sets IP_TTL.
    public final void ttl(int value) {
        ttl = value;
    }

    /// IP_MULTICAST_TTL.
    public final int multicastTtl() {
        return multicastTtl;
    }

    /// Sets IP_MULTICAST_TTL.
    public final void multicastTtl(int value) {
        multicastTtl = value;
    }

    /// IP_HDRINCL.
    public final boolean headerIncluded() {
        return headerIncluded;
    }

    /// Sets IP_HDRINCL.
    public final void headerIncluded(boolean value) {
        headerIncluded = value;
    }

    /// IP_MTU_DISCOVER: 0 never sets DF, 1 (default) lets routes decide, 2 always sets it, 3 sets it and ignores the
    /// path MTU.
    public final int mtuDiscover() {
        return mtuDiscover;
    }

    /// Sets IP_MTU_DISCOVER.
    public final void mtuDiscover(int value) {
        mtuDiscover = value;
    }

    /// IP_RECVERR.
    public final boolean receiveErrors() {
        return receiveErrors;
    }

    /// Sets IP_RECVERR.
    public final void receiveErrors(boolean value) {
        receiveErrors = value;
    }
}
