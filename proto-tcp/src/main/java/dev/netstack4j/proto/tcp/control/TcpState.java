package dev.netstack4j.proto.tcp.control;

import dev.netstack4j.api.doc.Rfc;

/// States of a connection. [#number()] is Linux's.
@Rfc("9293#3.3.2")
public enum TcpState {
    /// Both directions open.
    ESTABLISHED(1),
    /// SYN sent, nothing heard.
    SYN_SENT(2),
    /// SYN heard and answered.
    SYN_RECEIVED(3),
    /// Closed here, FIN not acknowledged.
    FIN_WAIT1(4),
    /// Closed here, FIN acknowledged, the peer may still send.
    FIN_WAIT2(5),
    /// Closed on both sides, waiting for old segments to die.
    TIME_WAIT(6),
    /// No connection.
    CLOSED(7),
    /// The peer closed, we have not.
    CLOSE_WAIT(8),
    /// The peer closed, then we did; our FIN is not acknowledged.
    LAST_ACK(9),
    /// Waiting for connections.
    LISTEN(10),
    /// Both closed at once; our FIN is not acknowledged.
    CLOSING(11);

    private final int number;
    private final int bit;

    TcpState(int number) {
        this.number = number;
        this.bit = 1 << number;
    }

    /// Linux's number.
    public int number() {
        return number;
    }

    /// Whether it is one of `states`, made by [#set].
    public boolean in(int states) {
        return (bit & states) != 0;
    }

    /// A set of states.
    public static int set(TcpState... states) {
        int bits = 0;
        for (TcpState s : states) {
            bits |= s.bit;
        }
        return bits;
    }

    /// Whether the handshake is over and both sides know each other.
    public boolean isSynchronised() {
        return this != CLOSED && this != LISTEN && this != SYN_SENT && this != SYN_RECEIVED;
    }

    /// Whether data may still be sent.
    public boolean maySend() {
        return this == ESTABLISHED || this == CLOSE_WAIT;
    }
}
