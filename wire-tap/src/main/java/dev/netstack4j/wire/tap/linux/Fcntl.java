package dev.netstack4j.wire.tap.linux;

/// Numbers for opening descriptors.
public final class Fcntl {
    /// Read and write.
    public static final int O_RDWR = 0x2;
    /// Never wait.
    public static final int O_NONBLOCK = 0x800;
    /// Not for child processes.
    public static final int O_CLOEXEC = 0x80000;
    /// Of `socket`: IPv4.
    public static final int AF_INET = 2;
    /// Of `socket`: datagrams.
    public static final int SOCK_DGRAM = 2;

    private Fcntl() {}
}
