package dev.netstack4j.testkit.kit.socket;

/// What sockets of a family can do beside sending and receiving. What its author does not declare, they must refuse.
public enum SocketAbility {
    /// Take a local address.
    BIND,
    /// Share no address: a second socket is refused.
    EXCLUSIVE,
    /// Take a peer's address.
    CONNECT,
    /// Listen and accept connections.
    LISTEN,
    /// End one direction of a connection.
    SHUTDOWN,
    /// Lose nothing between two sockets of a host: who sends more than is read is told to wait.
    RELIABLE,
    /// Get back what they send to an address of the host, as ping sockets do.
    ECHO
}
