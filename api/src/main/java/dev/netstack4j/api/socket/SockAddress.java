package dev.netstack4j.api.socket;

import dev.netstack4j.api.address.AddressFamily;

/// A socket address of any family.
public interface SockAddress {
    /// Its family.
    AddressFamily family();
}
