package dev.netstack4j.systemtests.kits.socket;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.socket.SockAddress;

/// An address of the reference families: a port. Those from 1000 on are reached by the kit's device.
record RefAddress(int port) implements SockAddress {
    static final AddressFamily FAMILY = AddressFamily.of(230);
    static final int AWAY = 1000;

    @Override
    public AddressFamily family() {
        return FAMILY;
    }
}
