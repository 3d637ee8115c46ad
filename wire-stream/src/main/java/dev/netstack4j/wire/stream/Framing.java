package dev.netstack4j.wire.stream;

/// How QEMU's stream sockets carry frames: a length of four bytes, most significant first, then the frame.
final class Framing {
    /// Bytes of the length.
    static final int PREFIX = 4;
    /// An Ethernet header.
    static final int SHORTEST = 14;
    /// The longest that QEMU takes.
    static final int LONGEST = 4096 + 65536;
    /// Bytes kept of each direction.
    static final int BUFFER = 256 << 10;

    private Framing() {}

    static boolean isFrame(int length) {
        return length >= SHORTEST && length <= LONGEST;
    }
}
