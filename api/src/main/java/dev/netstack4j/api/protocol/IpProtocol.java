package dev.netstack4j.api.protocol;

/// IP protocol numbers.
public final class IpProtocol {
    /// Any protocol, where a caller may leave it open.
    public static final int DEFAULT = 0;
    /// ICMP.
    public static final int ICMP = 1;
    /// IGMP.
    public static final int IGMP = 2;
    /// IP in IP.
    public static final int IPIP = 4;
    /// TCP.
    public static final int TCP = 6;
    /// UDP.
    public static final int UDP = 17;
    /// Every protocol, for raw sockets that write their own header.
    public static final int RAW = 255;

    private IpProtocol() {}
}
