package dev.netstack4j.api.protocol;

import dev.netstack4j.api.doc.Linux;

/// What an address means to this host.
@Linux("net/ipv4/fib_frontend.c#inet_addr_type")
public enum AddressType {
    /// The wildcard.
    ANY,
    /// One of this host's.
    LOCAL,
    /// Somebody else's.
    UNICAST,
    /// A broadcast address of a connected network, or the limited broadcast.
    BROADCAST,
    /// A group.
    MULTICAST
}
