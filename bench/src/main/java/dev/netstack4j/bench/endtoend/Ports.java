package dev.netstack4j.bench.endtoend;

/// What the measured host offers, the same on either stack.
final class Ports {
    /// TCP: reads and forgets.
    static final int SINK = 5001;
    /// TCP: writes until the peer goes.
    static final int SOURCE = 5002;
    /// TCP: answers each byte by a byte.
    static final int ECHO = 5003;
    /// UDP: returns each datagram.
    static final int DATAGRAM_ECHO = 5004;
    /// TCP: as [#ECHO], on this stack by a virtual thread.
    static final int ECHO_VIRTUAL = 5005;
    /// TCP, kernel only: tells how many packets the namespace's interfaces have received.
    static final int COUNT = 5006;
    /// UDP, kernel only: takes datagrams and does nothing with them.
    static final int DATAGRAM_SINK = 5007;
    /// Bytes of one read or write of bulk data.
    static final int CHUNK = 128 << 10;

    private Ports() {}
}
