package dev.netstack4j.api.address;

import org.jspecify.annotations.Nullable;

/// An IPv4 address with a prefix length. The address keeps its host bits, as an interface address needs them.
public final class IpPrefix {
    private final IpAddress address;
    private final int length;

    private IpPrefix(IpAddress address, int length) {
        this.address = address;
        this.length = length;
    }

    /// The prefix of the first `length` bits of an address.
    ///
    /// @throws IllegalArgumentException when `length` does not fit the family
    public static IpPrefix of(IpAddress address, int length) {
        int most = address.isV4() ? 32 : 128;
        if (length < 0 || length > most) {
            throw new IllegalArgumentException("prefix length " + length + " is not in 0.." + most);
        }
        return new IpPrefix(address, length);
    }

    /// From text such as `10.0.0.1/24`; without a slash the prefix is the whole address.
    ///
    /// @throws IllegalArgumentException when the text is no prefix
    public static IpPrefix parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return of(IpAddress.parse(text), 32);
        }
        String bits = text.substring(slash + 1);
        if (bits.isEmpty() || bits.length() > 3 || !bits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("'" + text + "' is no address with prefix; write 10.0.0.1/24");
        }
        return of(IpAddress.parse(text.substring(0, slash)), Integer.parseInt(bits));
    }

    /// The address with its host bits.
    public IpAddress address() {
        return address;
    }

    /// Number of leading network bits.
    public int length() {
        return length;
    }

    /// The IPv4 network mask.
    public int v4Mask() {
        return length == 0 ? 0 : -1 << (32 - length);
    }

    /// The same prefix with its host bits cleared (IPv4).
    public IpPrefix network() {
        return new IpPrefix(IpAddress.v4(address.v4Bits() & v4Mask()), length);
    }

    /// The subnet's broadcast address (IPv4).
    public IpAddress broadcast() {
        return IpAddress.v4(address.v4Bits() | ~v4Mask());
    }

    /// Whether `other` lies within this prefix (IPv4).
    public boolean contains(IpAddress other) {
        return other.isV4() && ((other.v4Bits() ^ address.v4Bits()) & v4Mask()) == 0;
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof IpPrefix p && p.length == length && p.address.equals(address);
    }

    @Override
    public int hashCode() {
        return address.hashCode() * 31 + length;
    }

    @Override
    public String toString() {
        return address + "/" + length;
    }
}
