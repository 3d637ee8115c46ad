package dev.netstack4j.api.device;

import dev.netstack4j.api.doc.Linux;

/// Flags of a device, with Linux's numbers.
@Linux("include/uapi/linux/if.h#IFF_UP")
public final class DeviceFlags {
    /// Has a broadcast address.
    public static final int BROADCAST = 0x2;
    /// Loops back.
    public static final int LOOPBACK = 0x8;
    /// Has two ends and no addresses of the link layer.
    public static final int POINT_TO_POINT = 0x10;
    /// Needs no neighbour resolution.
    public static final int NOARP = 0x80;
    /// Takes every frame.
    public static final int PROMISC = 0x100;
    /// Takes every multicast frame.
    public static final int ALLMULTI = 0x200;
    /// Can multicast.
    public static final int MULTICAST = 0x1000;

    private DeviceFlags() {}
}
