package dev.netstack4j.api.socket;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.ProvidedByCore;

/// Makes what core keeps for a socket that no `socket` call asked for: the child of a listener.
@ProvidedByCore
@Linux("net/ipv4/inet_connection_sock.c#inet_csk_clone_lock")
public interface SockFactory {
    /// A request like the listener's own, with copies of its settings. Softirq or process context.
    SockRequest child(Sock listener);

    /// A request for a socket that the stack itself uses. Process context.
    SockRequest internal(AddressFamily family, int type, int protocol);
}
