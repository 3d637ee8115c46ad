package dev.netstack4j.api.socket;

import dev.netstack4j.api.address.AddressFamily;

/// What core hands to a protocol that is to make a socket.
public final class SockRequest {
    private final SockContext context;
    private final AddressFamily family;
    private final int type;
    private final int protocol;
    private final SockSettings settings;

    /// All of it.
    public SockRequest(SockContext context, AddressFamily family, int type, int protocol, SockSettings settings) {
        this.context = context;
        this.family = family;
        this.type = type;
        this.protocol = protocol;
        this.settings = settings;
    }

    /// Ownership, waiting and memory of the new socket.
    public SockContext context() {
        return context;
    }

    /// Its family.
    public AddressFamily family() {
        return family;
    }

    /// Its type.
    public int type() {
        return type;
    }

    /// Its protocol: as asked, with 0 replaced by the type's own.
    public int protocol() {
        return protocol;
    }

    /// Its options of level SOL_SOCKET.
    public SockSettings settings() {
        return settings;
    }
}
