package dev.netstack4j.proto.tcp.control;

import org.jspecify.annotations.Nullable;

/// What a listener has: its SYN queue and its accept queue. Guarded by the listener's ownership; lengths may be read by
/// anyone. Written by state.
public final class ListenVars {
    /// Most connections that wait to be accepted.
    public int backlog;
    /// Connections that wait to be accepted.
    public volatile int acceptLength;
    /// The first of them.
    public @Nullable TcpSock acceptFirst;
    /// The last of them.
    public @Nullable TcpSock acceptLast;
    /// Half-open connections.
    public volatile int synLength;
    /// The first of them.
    public @Nullable RequestSock synFirst;
    /// When a SYN was last answered by a cookie; 0 for never.
    public long cookieNanos;

    /// Empty queues.
    public ListenVars() {}

    /// Whether no further connection fits.
    public boolean acceptFull() {
        return acceptLength > backlog;
    }
}
