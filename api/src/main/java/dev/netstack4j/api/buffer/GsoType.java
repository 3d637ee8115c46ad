package dev.netstack4j.api.buffer;

import dev.netstack4j.api.doc.Linux;

/// Bits that say how a packet is to be segmented.
@Linux("include/linux/skbuff.h#SKB_GSO_TCPV4")
public final class GsoType {
    /// Not segmented.
    public static final int NONE = 0;
    /// TCP over IPv4.
    public static final int TCP4 = 1;
    /// UDP datagrams of equal size.
    public static final int UDP_L4 = 2;
    /// TCP over IPv6.
    public static final int TCP6 = 4;

    private GsoType() {}
}
