package dev.netstack4j.proto.tcp.control;

import dev.netstack4j.api.runtime.Cpu;

/// Hears what is unusual in the life of a connection. Under the socket's ownership. Implemented by a later room.
public interface EventPort {
    /// The state is another one. A connection of which something stays in TIME-WAIT goes to CLOSED itself.
    void stateChanged(TcpSock sock, TcpState from, TcpState to, Cpu cpu);

    /// A packet was sent again.
    ///
    /// @param seq      its first sequence number
    /// @param bytes    its payload
    /// @param segments how many segments that is
    void retransmitted(TcpSock sock, int seq, int bytes, int segments, Cpu cpu);

    /// The retransmission timer has expired.
    void timedOut(TcpSock sock, Cpu cpu);

    /// The congestion window is being reduced; the phase tells why, the threshold to what.
    ///
    /// @param before packets that it was
    void windowReduced(TcpSock sock, int before, Cpu cpu);
}
