package dev.netstack4j.wire.tap.linux;

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
public final class InterfaceRequest {
    /// Longest name, without its NUL.
    public static final int LONGEST_NAME = 15;
    /// Creates a TAP or attaches to one.
    public static final long TUNSETIFF = 0x4004_54CA;
    /// Index of a device.
    public static final long SIOCGIFINDEX = 0x8933;
    /// Reads flags.
    public static final long SIOCGIFFLAGS = 0x8913;
    /// Writes flags.
    public static final long SIOCSIFFLAGS = 0x8914;
    /// Reads the address.
    public static final long SIOCGIFADDR = 0x8915;
    /// Writes the address.
    public static final long SIOCSIFADDR = 0x8916;
    /// Reads the network mask.
    public static final long SIOCGIFNETMASK = 0x891B;
    /// Writes the network mask.
    public static final long SIOCSIFNETMASK = 0x891C;
    /// Reads the MTU.
    public static final long SIOCGIFMTU = 0x8921;
    /// Writes the MTU.
    public static final long SIOCSIFMTU = 0x8922;
    /// Flag of TUNSETIFF: Ethernet frames.
    public static final int IFF_TAP = 0x0002;
    /// Flag of TUNSETIFF: no header before each frame.
    public static final int IFF_NO_PI = 0x1000;
    /// Flag of a device: administratively up.
    public static final int IFF_UP = 0x1;
    /// Flag of a device: running.
    public static final int IFF_RUNNING = 0x40;

    private static final int SIZE = 40;
    private static final int VALUE = 16;
    private static final ValueLayout.OfInt NETWORK_INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final MemorySegment segment;

    /// A request about the device of that name, which is at most [#LONGEST_NAME] ASCII characters.
    public InterfaceRequest(Arena arena, String name) {
        segment = arena.allocate(SIZE, 8);
        segment.setString(0, name, StandardCharsets.US_ASCII);
    }

    /// For [LibC#ioctl].
    public MemorySegment segment() {
        return segment;
    }

    /// The flags.
    public int flags() {
        return segment.get(ValueLayout.JAVA_SHORT, VALUE) & 0xFFFF;
    }

    /// Sets the flags.
    public InterfaceRequest flags(int bits) {
        segment.set(ValueLayout.JAVA_SHORT, VALUE, (short) bits);
        return this;
    }

    /// The number: an index or an MTU.
    public int number() {
        return segment.get(ValueLayout.JAVA_INT, VALUE);
    }

    /// Sets the number.
    public InterfaceRequest number(int value) {
        segment.set(ValueLayout.JAVA_INT, VALUE, value);
        return this;
    }

    /// The IPv4 address.
    public int address() {
        return segment.get(NETWORK_INT, VALUE + 4);
    }

    /// Sets an IPv4 address or mask.
    public InterfaceRequest address(int bits) {
        segment.asSlice(VALUE, SIZE - VALUE).fill((byte) 0);
        segment.set(ValueLayout.JAVA_SHORT, VALUE, (short) Fcntl.AF_INET);
        segment.set(NETWORK_INT, VALUE + 4, bits);
        return this;
    }
}
