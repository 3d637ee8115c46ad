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
    /// Bytes of one read or write of bulk data.
    static final int CHUNK = 128 << 10;

    private Ports() {}
}
