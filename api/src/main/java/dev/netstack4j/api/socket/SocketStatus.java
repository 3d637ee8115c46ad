package dev.netstack4j.api.socket;

import dev.netstack4j.api.doc.Linux;

/// How a socket stands, for listings. A protocol makes it anew for each telling.
@Linux("include/uapi/linux/inet_diag.h#inet_diag_msg")
public final class SocketStatus {
    /// What a socket's timer waits for, in the words of `ss`.
    public enum TimerKind {
        /// None runs.
        OFF,
        /// A retransmission, or a probe before it.
        ON,
        /// A sign of life of the peer.
        KEEPALIVE,
        /// The end of TIME-WAIT.
        TIMEWAIT,
        /// An open window.
        PERSIST
    }

    private final int type;
    private final int protocol;
    private final int state;
    private final InetSockAddress local;
    private final InetSockAddress peer;
    private long receiveQueue;
    private long sendQueue;
    private TimerKind timer = TimerKind.OFF;
    private long expiresNanos;
    private int retries;

    /// Empty queues and no timer.
    ///
    /// @param type  [SocketType]
    /// @param state Linux's number of the TCP state; 7 for sockets without connection, 1 for connected ones
    /// @param peer  the wildcard and port 0 for none
    public SocketStatus(int type, int protocol, int state, InetSockAddress local, InetSockAddress peer) {
        this.type = type;
        this.protocol = protocol;
        this.state = state;
        this.local = local;
        this.peer = peer;
    }

    /// Sets the queues: bytes that were not read and bytes that were not acknowledged; of a listener the connections
    /// that wait to be accepted and the most that may.
    public SocketStatus queues(long receive, long send) {
        receiveQueue = receive;
        sendQueue = send;
        return this;
    }

    /// Sets the timer.
    ///
    /// @param inNanos until it is due
    /// @param tries   how often it was in vain
    public SocketStatus timer(TimerKind kind, long inNanos, int tries) {
        timer = kind;
        expiresNanos = Math.max(0, inNanos);
        retries = tries;
        return this;
    }

    /// [SocketType].
    public int type() {
        return type;
    }

    /// Protocol number.
    public int protocol() {
        return protocol;
    }

    /// Linux's number of the TCP state.
    public int state() {
        return state;
    }

    /// The own address.
    public InetSockAddress local() {
        return local;
    }

    /// The peer's address; the wildcard and port 0 for none.
    public InetSockAddress peer() {
        return peer;
    }

    /// Bytes that were not read; of a listener, connections that wait to be accepted.
    public long receiveQueue() {
        return receiveQueue;
    }

    /// Bytes that were not acknowledged; of a listener, its backlog.
    public long sendQueue() {
        return sendQueue;
    }

    /// What its timer waits for.
    public TimerKind timer() {
        return timer;
    }

    /// Nanoseconds until the timer is due.
    public long expiresNanos() {
        return expiresNanos;
    }

    /// How often the timer was in vain.
    public int retries() {
        return retries;
    }
}
