package dev.netstack4j.linux.tap;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// `struct ifreq`: the name of a network device and one value.
///
/// ```
/// 0            16                              40
/// name, NUL    short flags | int | sockaddr_in
/// ```
final class InterfaceRequest {
    /// Longest name, without its NUL.
    static final int LONGEST_NAME = 15;
    /// Creates a TAP or attaches to one.
    static final long TUNSETIFF = 0x4004_54CA;
    /// Index of a device.
    static final long SIOCGIFINDEX = 0x8933;
    /// Reads flags.
    static final long SIOCGIFFLAGS = 0x8913;
    /// Writes flags.
    static final long SIOCSIFFLAGS = 0x8914;
    /// Reads the address.
    static final long SIOCGIFADDR = 0x8915;
    /// Writes the address.
    static final long SIOCSIFADDR = 0x8916;
    /// Reads the network mask.
    static final long SIOCGIFNETMASK = 0x891B;
    /// Writes the network mask.
    static final long SIOCSIFNETMASK = 0x891C;
    /// Reads the MTU.
    static final long SIOCGIFMTU = 0x8921;
    /// Writes the MTU.
    static final long SIOCSIFMTU = 0x8922;
    /// Keeps a TAP when its descriptor is closed.
    static final long TUNSETPERSIST = 0x4004_54CB;
    /// Says what this side takes from the host.
    static final long TUNSETOFFLOAD = 0x4004_54D0;
    /// Flag of TUNSETIFF: bare packets.
    static final int IFF_TUN = 0x0001;
    /// Flag of TUNSETIFF: Ethernet frames.
    static final int IFF_TAP = 0x0002;
    /// Flag of TUNSETIFF: no protocol number before each packet.
    static final int IFF_NO_PI = 0x1000;
    /// Flag of TUNSETIFF: a virtio header before each packet.
    static final int IFF_VNET_HDR = 0x4000;
    /// Argument of TUNSETOFFLOAD: the host may leave checksums open.
    static final int TUN_F_CSUM = 0x01;
    /// Argument of TUNSETOFFLOAD: the host may hand over TCP super-frames over IPv4.
    static final int TUN_F_TSO4 = 0x02;
    /// Argument of TUNSETOFFLOAD: also such with ECN.
    static final int TUN_F_TSO_ECN = 0x08;
    /// Flag of a device: administratively up.
    static final int IFF_UP = 0x1;
    /// Flag of a device: running.
    static final int IFF_RUNNING = 0x40;

    private static final int AF_INET = 2;
    private static final int SIZE = 40;
    private static final int VALUE = 16;
    private static final ValueLayout.OfInt NETWORK_INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final MemorySegment segment;

    /// A request about the device of that name, which is at most [#LONGEST_NAME] ASCII characters.
    InterfaceRequest(Arena arena, String name) {
        segment = arena.allocate(SIZE, 8);
        segment.setString(0, name, StandardCharsets.US_ASCII);
    }

    /// For [LibC#ioctl].
    MemorySegment segment() {
        return segment;
    }

    /// The flags.
    int flags() {
        return segment.get(ValueLayout.JAVA_SHORT, VALUE) & 0xFFFF;
    }

    /// Sets the flags.
    InterfaceRequest flags(int bits) {
        segment.set(ValueLayout.JAVA_SHORT, VALUE, (short) bits);
        return this;
    }

    /// The number: an index or an MTU.
    int number() {
        return segment.get(ValueLayout.JAVA_INT, VALUE);
    }

    /// Sets the number.
    InterfaceRequest number(int value) {
        segment.set(ValueLayout.JAVA_INT, VALUE, value);
        return this;
    }

    /// The IPv4 address.
    int address() {
        return segment.get(NETWORK_INT, VALUE + 4);
    }

    /// Sets an IPv4 address or mask.
    InterfaceRequest address(int bits) {
        segment.asSlice(VALUE, SIZE - VALUE).fill((byte) 0);
        segment.set(ValueLayout.JAVA_SHORT, VALUE, (short) AF_INET);
        segment.set(NETWORK_INT, VALUE + 4, bits);
        return this;
    }
}
