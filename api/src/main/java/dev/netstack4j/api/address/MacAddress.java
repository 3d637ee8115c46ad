package dev.netstack4j.api.address;

import org.jspecify.annotations.Nullable;

/// A 48-bit Ethernet address, kept in the low bits of a long in the order in which it stands on the wire.
public final class MacAddress {
    /// ff:ff:ff:ff:ff:ff.
    public static final MacAddress BROADCAST = new MacAddress(0xFFFF_FFFF_FFFFL);
    /// 00:00:00:00:00:00.
    public static final MacAddress ZERO = new MacAddress(0);

    private final long bits;

    private MacAddress(long bits) {
        this.bits = bits & 0xFFFF_FFFF_FFFFL;
    }

    /// From the low 48 bits.
    public static MacAddress of(long bits) {
        return new MacAddress(bits);
    }

    /// From text such as `52:54:00:12:34:56`.
    ///
    /// @throws IllegalArgumentException when the text is no MAC address
    public static MacAddress parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 6) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no MAC address; write six pairs of hex digits: 52:54:00:12:34:56");
        }
        long bits = 0;
        for (String p : parts) {
            int b = hexByte(p);
            if (b < 0) {
                throw new IllegalArgumentException(
                        "'" + text + "' is no MAC address; '" + p + "' is not a pair of hex digits");
            }
            bits = bits << 8 | b;
        }
        return new MacAddress(bits);
    }

    private static int hexByte(String p) {
        if (p.isEmpty() || p.length() > 2) {
            return -1;
        }
        int v = 0;
        for (int i = 0; i < p.length(); i++) {
            int d = Character.digit(p.charAt(i), 16);
            if (d < 0) {
                return -1;
            }
            v = v << 4 | d;
        }
        return v;
    }

    /// The 48 bits.
    public long bits() {
        return bits;
    }

    /// Whether the group bit is set (broadcast included).
    public boolean isMulticast() {
        return (bits >> 40 & 1) != 0;
    }

    /// Whether a station may own it: neither multicast nor zero.
    public boolean isValidStation() {
        return !isMulticast() && bits != 0;
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof MacAddress m && m.bits == bits;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(bits);
    }

    @Override
    public String toString() {
        StringBuilder s = new StringBuilder(17);
        for (int shift = 40; shift >= 0; shift -= 8) {
            int b = (int) (bits >> shift & 0xFF);
            s.append(Character.forDigit(b >> 4, 16)).append(Character.forDigit(b & 15, 16));
            if (shift > 0) {
                s.append(':');
            }
        }
        return s.toString();
    }
}
