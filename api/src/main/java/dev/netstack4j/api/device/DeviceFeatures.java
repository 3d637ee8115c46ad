package dev.netstack4j.api.device;

import dev.netstack4j.api.doc.Linux;

/// What a device can do, as bits. A feature that is not declared is not used: the stack does the work itself.
@Linux("include/linux/netdev_features.h#NETIF_F_SG_BIT")
public final class DeviceFeatures {
    /// Sends packets that lie in several pieces.
    public static final long SG = 1;
    /// Completes any checksum given by start and offset.
    public static final long HW_CSUM = 1 << 1;
    /// Completes TCP and UDP checksums over IPv4.
    public static final long IP_CSUM = 1 << 2;
    /// Verifies checksums of received packets.
    public static final long RXCSUM = 1 << 3;
    /// Segments TCP over IPv4: packets with `gsoSize` and type TCP4, whose headers are linear and whose checksum is
    /// PARTIAL over a pseudo-header with the length of the whole.
    public static final long TSO = 1 << 4;
    /// Inserts VLAN tags.
    public static final long VLAN_TX = 1 << 5;
    /// Strips VLAN tags.
    public static final long VLAN_RX = 1 << 6;
    /// Filters VLAN ids.
    public static final long VLAN_FILTER = 1 << 7;
    /// Delivers to receive queues by flow hash.
    public static final long RXHASH = 1 << 8;
    /// Sends without the device's transmit lock (software devices).
    public static final long LLTX = 1 << 9;
    /// Receives what others would merge: GRO is on.
    public static final long GRO = 1 << 10;
    /// Takes packets that stand for several even where the device cannot cut them: core cuts them right before the
    /// driver. Active from registration on wherever [#SG] is.
    public static final long GSO = 1 << 11;
    /// Segments TCP over IPv6.
    public static final long TSO6 = 1 << 12;
    /// Cuts UDP packets into datagrams of equal size, over IPv4 and IPv6.
    public static final long USO = 1 << 13;

    private DeviceFeatures() {}
}
