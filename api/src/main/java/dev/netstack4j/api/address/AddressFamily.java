package dev.netstack4j.api.address;

import org.jspecify.annotations.Nullable;

/// Address families by Linux's numbers. Open: any family number may be made with [#of].
public final class AddressFamily {
    /// No family.
    public static final AddressFamily UNSPEC = new AddressFamily(0, "AF_UNSPEC");
    /// IPv4.
    public static final AddressFamily INET = new AddressFamily(2, "AF_INET");
    /// IPv6.
    public static final AddressFamily INET6 = new AddressFamily(10, "AF_INET6");
    /// Packets of the link layer.
    public static final AddressFamily PACKET = new AddressFamily(17, "AF_PACKET");

    private final int number;
    private final String name;

    private AddressFamily(int number, String name) {
        this.number = number;
        this.name = name;
    }

    /// The family with Linux's `number`.
    public static AddressFamily of(int number) {
        return switch (number) {
            case 0 -> UNSPEC;
            case 2 -> INET;
            case 10 -> INET6;
            case 17 -> PACKET;
            default -> new AddressFamily(number, "AF_" + number);
        };
    }

    /// Linux's number.
    public int number() {
        return number;
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof AddressFamily f && f.number == number;
    }

    @Override
    public int hashCode() {
        return number;
    }

    @Override
    public String toString() {
        return name;
    }
}
