package dev.netstack4j.nic.tap.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// The requests that make a TAP or a TUN and set it up. Each answers 0 or a negative error number.
///
/// ```
/// struct ifreq
/// 0            16                              40
/// name, NUL    short flags | int | sockaddr_in
/// ```
public final class TunDevice {
    /// Longest name, without its NUL.
    public static final int LONGEST_NAME = 15;
    /// For [#offloads]: the host may leave checksums open.
    public static final int CSUM = 1;
    /// For [#offloads]: the host may hand over TCP super-frames over IPv4.
    public static final int TSO4 = 2;
    /// For [#offloads]: also such with ECN.
    public static final int TSO_ECN = 8;

    private static final long TUNSETIFF = 0x4004_54CA;
    private static final long TUNSETOFFLOAD = 0x4004_54D0;
    private static final long SIOCGIFFLAGS = 0x8913;
    private static final long SIOCSIFFLAGS = 0x8914;
    private static final long SIOCSIFADDR = 0x8916;
    private static final long SIOCSIFNETMASK = 0x891C;
    private static final long SIOCGIFMTU = 0x8921;
    private static final long SIOCSIFMTU = 0x8922;
    private static final int IFF_TUN = 0x0001;
    private static final int IFF_TAP = 0x0002;
    private static final int IFF_NO_PI = 0x1000;
    private static final int IFF_VNET_HDR = 0x4000;
    private static final int IFF_UP_RUNNING = 0x41;
    private static final int SIZE = 40;
    private static final int VALUE = 16;
    private static final ValueLayout.OfInt NETWORK_INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final CallState state;
    private final MemorySegment request;
    private final int fd;
    private final int control;

    /// Over an open `/dev/net/tun` and a control socket.
    public TunDevice(Arena arena, String name, int fd, int control) {
        state = new CallState(arena);
        request = arena.allocate(SIZE, 8);
        request.setString(0, name, StandardCharsets.US_ASCII);
        this.fd = fd;
        this.control = control;
    }

    /// Makes the device or attaches to it.
    ///
    /// @param ethernet whether it is a TAP; otherwise a TUN
    /// @param headers whether each frame has a virtio header before it
    public int attach(boolean ethernet, boolean headers) {
        int flags = (ethernet ? IFF_TAP : IFF_TUN) | IFF_NO_PI | (headers ? IFF_VNET_HDR : 0);
        request.set(ValueLayout.JAVA_SHORT, VALUE, (short) flags);
        return LibC.ioctl(state, fd, TUNSETIFF, request);
    }

    /// Says what this side takes from the host.
    public int offloads(int bits) {
        return LibC.ioctl(state, fd, TUNSETOFFLOAD, MemorySegment.ofAddress(bits));
    }

    /// Sets the MTU of the host's side, where it is another.
    public int mtu(int bytes) {
        if (ask(SIOCGIFMTU) >= 0 && request.get(ValueLayout.JAVA_INT, VALUE) == bytes) {
            return 0;
        }
        request.set(ValueLayout.JAVA_INT, VALUE, bytes);
        return ask(SIOCSIFMTU);
    }

    /// Gives the host's side an IPv4 address.
    public int address(int address, int mask) {
        int result = ask(SIOCSIFADDR, address);
        return result < 0 ? result : ask(SIOCSIFNETMASK, mask);
    }

    /// Brings the host's side up.
    public int up() {
        int result = ask(SIOCGIFFLAGS);
        int flags = request.get(ValueLayout.JAVA_SHORT, VALUE);
        if (result < 0 || (flags & 1) != 0) {
            return result;
        }
        request.set(ValueLayout.JAVA_SHORT, VALUE, (short) (flags | IFF_UP_RUNNING));
        return ask(SIOCSIFFLAGS);
    }

    private int ask(long call, int bits) {
        request.asSlice(VALUE, SIZE - VALUE).fill((byte) 0);
        request.set(ValueLayout.JAVA_SHORT, VALUE, (short) 2);
        request.set(NETWORK_INT, VALUE + 4, bits);
        return ask(call);
    }

    private int ask(long call) {
        return LibC.ioctl(state, control, call, request);
    }
}
