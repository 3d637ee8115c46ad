package dev.netstack4j.api.socket;

/// Socket types, with Linux's numbers.
public final class SocketType {
    /// A byte stream.
    public static final int STREAM = 1;
    /// Datagrams.
    public static final int DGRAM = 2;
    /// Packets of the network layer.
    public static final int RAW = 3;
    /// Flag of `socket`: non-blocking from the start.
    public static final int NONBLOCK = 0x800;
    /// Mask of the type without flags.
    public static final int MASK = 0xF;

    private SocketType() {}
}
