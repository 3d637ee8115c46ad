package dev.netstack4j.cli.control.link;

import dev.netstack4j.api.address.MacAddress;

/// What a link is to be.
///
/// @param name     of the device
/// @param ethernet whether frames have Ethernet headers; otherwise they are bare IP packets between two ends
/// @param mtu      in bytes, 68 to 65535
/// @param mac      of the device; without meaning for bare packets
/// @param gsoMax largest packet that the protocols may build, to be cut before it is sent, in bytes; 0 when they may
///     not
public record LinkSettings(String name, boolean ethernet, int mtu, MacAddress mac, int gsoMax) {
    /// Smallest MTU.
    public static final int LEAST_MTU = 68;
    /// Largest MTU.
    public static final int MOST_MTU = 65_535;

    /// Largest packet to be cut.
    public static final int MOST_GSO = 65_536;

    /// An Ethernet link of 1500 bytes.
    public static LinkSettings ethernet(String name) {
        return new LinkSettings(name, true, 1500, MacAddress.ZERO, 0);
    }

    /// A link of bare IP packets, of 1500 bytes.
    public static LinkSettings ip(String name) {
        return new LinkSettings(name, false, 1500, MacAddress.ZERO, 0);
    }
}
