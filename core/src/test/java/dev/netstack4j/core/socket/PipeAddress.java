package dev.netstack4j.core.socket;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.socket.SockAddress;

/// An address of the test family: a name. Connecting to a name that begins with `slow` takes a millisecond.
record PipeAddress(String name) implements SockAddress {
    static final AddressFamily FAMILY = AddressFamily.of(200);

    @Override
    public AddressFamily family() {
        return FAMILY;
    }
}
