package dev.netstack4j.api.link;

import dev.netstack4j.api.doc.Linux;

/// EtherTypes as numbers.
@Linux("include/uapi/linux/if_ether.h#ETH_P_IP")
public final class EtherType {
    /// IPv4.
    public static final int IPV4 = 0x0800;
    /// ARP.
    public static final int ARP = 0x0806;
    /// VLAN tag.
    public static final int VLAN = 0x8100;
    /// IPv6.
    public static final int IPV6 = 0x86DD;
    /// Not on the wire: every frame, for taps.
    public static final int ALL = 0x0003;
    /// Not on the wire: a frame with a length field.
    public static final int LLC = 0x0004;

    private EtherType() {}
}
