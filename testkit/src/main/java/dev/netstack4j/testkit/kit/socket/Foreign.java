package dev.netstack4j.testkit.kit.socket;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.socket.SockAddress;

/// An address of a family that nobody has.
record Foreign() implements SockAddress {
    private static final AddressFamily FAMILY = AddressFamily.of(222);

    @Override
    public AddressFamily family() {
        return FAMILY;
    }
}
