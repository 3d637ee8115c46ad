package dev.netstack4j.api.address;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An IP address of either family in 128 bits. An IPv4 address is stored in its v4-mapped form (`::ffff:a.b.c.d`),
/// so that tables and hashes treat both alike.
public final class IpAddress {
    private static final long V4_MAPPED = 0xFFFF_0000_0000L;
    /// 0.0.0.0
    public static final IpAddress ANY_V4 = v4(0);
    /// 127.0.0.1
    public static final IpAddress LOOPBACK_V4 = v4(0x7F00_0001);
    /// 255.255.255.255
    public static final IpAddress BROADCAST_V4 = v4(-1);

    private final AddressFamily family;
    private final long high;
    private final long low;

    private IpAddress(AddressFamily family, long high, long low) {
        this.family = family;
        this.high = high;
        this.low = low;
    }

    /// An IPv4 address from its 32 bits, the first octet highest.
    public static IpAddress v4(int bits) {
        return new IpAddress(AddressFamily.INET, 0, mapped(bits));
    }

    /// An IPv6 address from its two halves, in the order of the wire.
    public static IpAddress v6(long high, long low) {
        return new IpAddress(AddressFamily.INET6, high, low);
    }

    /// The low half of an IPv4 address in mapped form.
    public static long mapped(int v4Bits) {
        return V4_MAPPED | Integer.toUnsignedLong(v4Bits);
    }

    /// An IPv4 address from text such as `10.0.0.1`.
    ///
    /// @throws IllegalArgumentException when the text is no IPv4 address
    public static IpAddress parse(String text) {
        String[] parts = text.split("\\.", -1);
        int bits = 0;
        for (String p : parts) {
            bits = bits << 8 | octet(p, text);
        }
        if (parts.length != 4) {
            throw notAnAddress(text);
        }
        return v4(bits);
    }

    private static int octet(String p, String text) {
        boolean digits = !p.isEmpty() && p.length() <= 3 && p.chars().allMatch(c -> c >= '0' && c <= '9');
        int value = digits ? Integer.parseInt(p) : 256;
        if (value > 255) {
            throw notAnAddress(text);
        }
        return value;
    }

    private static IllegalArgumentException notAnAddress(String text) {
        return new IllegalArgumentException(
                "'" + text + "' is no IPv4 address; write four numbers from 0 to 255: 10.0.0.1");
    }

    /// INET or INET6.
    public AddressFamily family() {
        return family;
    }

    /// The upper 64 bits; 0 for IPv4.
    public long high() {
        return high;
    }

    /// The lower 64 bits; for IPv4 in mapped form.
    public long low() {
        return low;
    }

    /// The 32 bits of an IPv4 address.
    public int v4Bits() {
        return (int) low;
    }

    /// Whether it is an IPv4 address.
    public boolean isV4() {
        return family.equals(AddressFamily.INET);
    }

    /// Whether it is the wildcard of its family.
    public boolean isAny() {
        return isV4() ? v4Bits() == 0 : high == 0 && low == 0;
    }

    /// Whether it is a multicast address of its family.
    public boolean isMulticast() {
        return isV4() ? v4Bits() >>> 28 == 0xE : high >>> 56 == 0xFF;
    }

    /// Whether it lies in 127.0.0.0/8, or is ::1.
    public boolean isLoopback() {
        return isV4() ? v4Bits() >>> 24 == 127 : high == 0 && low == 1;
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof IpAddress a && a.high == high && a.low == low && a.family.equals(family);
    }

    @Override
    public int hashCode() {
        return Objects.hash(high, low);
    }

    @Override
    public String toString() {
        if (isV4()) {
            int b = v4Bits();
            return (b >>> 24) + "." + (b >>> 16 & 255) + "." + (b >>> 8 & 255) + "." + (b & 255);
        }
        StringBuilder s = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            long half = i < 4 ? high : low;
            s.append(i == 0 ? "" : ":").append(Long.toHexString(half >>> (48 - 16 * (i % 4)) & 0xFFFF));
        }
        return s.toString();
    }
}
