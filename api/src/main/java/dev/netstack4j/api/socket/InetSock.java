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
    private boolean freeBind;
    private boolean bindAddressNoPort;
    private int minTtl;
    private int localPortRange;

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
    /// path MTU, 4 and 5 never set DF and ignore the path MTU, 4 refuses what is longer than the device takes.
    public final int mtuDiscover() {
        return mtuDiscover;
    }

    /// Sets IP_MTU_DISCOVER.
    public final void mtuDiscover(int value) {
        mtuDiscover = value;
    }

    /// IP_FREEBIND.
    public final boolean freeBind() {
        return freeBind;
    }

    /// Sets IP_FREEBIND.
    public final void freeBind(boolean value) {
        freeBind = value;
    }

    /// IP_BIND_ADDRESS_NO_PORT.
    public final boolean bindAddressNoPort() {
        return bindAddressNoPort;
    }

    /// Sets IP_BIND_ADDRESS_NO_PORT.
    public final void bindAddressNoPort(boolean value) {
        bindAddressNoPort = value;
    }

    /// IP_MINTTL; 0 for none.
    public final int minTtl() {
        return minTtl;
    }

    /// Sets IP_MINTTL.
    public final void minTtl(int value) {
        minTtl = value;
    }

    /// IP_LOCAL_PORT_RANGE: the first port in the lower half, the last in the upper; 0 for that of the stack.
    public final int localPortRange() {
        return localPortRange;
    }

    /// Sets IP_LOCAL_PORT_RANGE.
    public final void localPortRange(int value) {
        localPortRange = value;
    }

    /// The first port that may be chosen for this socket.
    ///
    /// @param low  first port of the stack's choice
    /// @param high last one
    @Linux("net/ipv4/inet_connection_sock.c#inet_sk_get_local_port_range")
    public final int firstPort(int low, int high) {
        int own = localPortRange & 0xFFFF;
        return own >= low && own <= high ? own : low;
    }

    /// The last port that may be chosen, as [#firstPort].
    public final int lastPort(int low, int high) {
        int own = localPortRange >>> 16;
        return own >= low && own <= high ? own : high;
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
