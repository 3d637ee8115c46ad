package dev.netstack4j.api.protocol;

import dev.netstack4j.api.doc.Linux;

/// An ICMP error as a transport sees it. Re-usable.
@Linux("net/ipv4/icmp.c#icmp_err_convert")
public final class InetError {
    private int type;
    private int code;
    private int errno;
    private boolean fatal;
    private int mtu;

    /// Empty.
    public InetError() {}

    /// Sets everything.
    ///
    /// @param errno positive error number for the socket
    /// @param fatal whether it ends a connection attempt
    /// @param mtu   next-hop MTU of "fragmentation needed", otherwise 0
    public InetError set(int type, int code, int errno, boolean fatal, int mtu) {
        this.type = type;
        this.code = code;
        this.errno = errno;
        this.fatal = fatal;
        this.mtu = mtu;
        return this;
    }

    /// ICMP type.
    public int type() {
        return type;
    }

    /// ICMP code.
    public int code() {
        return code;
    }

    /// Positive error number for the socket.
    public int errno() {
        return errno;
    }

    /// Whether it ends a connection attempt.
    public boolean fatal() {
        return fatal;
    }

    /// Next-hop MTU of "fragmentation needed", otherwise 0.
    public int mtu() {
        return mtu;
    }
}
