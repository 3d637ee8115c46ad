package dev.netstack4j.api.socket;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.address.IpAddress;
import org.jspecify.annotations.Nullable;

/// An IP address and a port.
public final class InetSockAddress implements SockAddress {
    private final IpAddress ip;
    private final int port;

    private InetSockAddress(IpAddress ip, int port) {
        this.ip = ip;
        this.port = port;
    }

    /// The address of a port at a host.
    ///
    /// @param port 0 to 65535
    /// @throws IllegalArgumentException when the port is out of range
    public static InetSockAddress of(IpAddress ip, int port) {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is not in 0..65535");
        }
        return new InetSockAddress(ip, port);
    }

    /// The same from text and port: `of("10.0.0.1", 80)`.
    public static InetSockAddress of(String ip, int port) {
        return of(IpAddress.parse(ip), port);
    }

    /// The address.
    public IpAddress ip() {
        return ip;
    }

    /// The port.
    public int port() {
        return port;
    }

    @Override
    public AddressFamily family() {
        return ip.family();
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof InetSockAddress a && a.port == port && a.ip.equals(ip);
    }

    @Override
    public int hashCode() {
        return ip.hashCode() * 31 + port;
    }

    @Override
    public String toString() {
        return ip + ":" + port;
    }
}
