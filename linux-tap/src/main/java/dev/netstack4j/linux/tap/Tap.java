package dev.netstack4j.linux.tap;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// An open TAP or TUN: its descriptor, which never blocks, and the memory that calls on it use. One made here goes away
/// when this is closed, even if the process is killed, unless it is to be kept.
public final class Tap implements AutoCloseable {
    private final Arena arena;
    private final int fd;

    private Tap(Arena arena, int fd) {
        this.arena = arena;
        this.fd = fd;
    }

    /// Opens it: made when absent, MTU, address, up. What is already as wanted is not touched, so that a TAP that an
    /// administrator prepared for a user works without rights. Control lock.
    ///
    /// @throws NetException EOPNOTSUPP on a system that is not Linux, or what the host said, with what was attempted
    public static Tap open(TapSettings settings) throws NetException {
        if (!"Linux".equals(System.getProperty("os.name"))) {
            throw new NetException(
                    Errno.EOPNOTSUPP, "open the TAP '" + settings.name() + "' on a system that is not Linux");
        }
        int fd = TapSetUp.open(settings);
        return new Tap(Arena.ofShared(), fd);
    }

    /// Says what this side takes from the host, of a TAP with headers. Control lock.
    ///
    /// @param checksums   packets whose checksum is left open
    /// @param superFrames TCP super-frames over IPv4 too, with checksums open; also such with ECN
    /// @return 0, or a negative error: then the host goes on as before
    public int takes(boolean checksums, boolean superFrames) {
        int bits = checksums || superFrames ? InterfaceRequest.TUN_F_CSUM : 0;
        bits |= superFrames ? InterfaceRequest.TUN_F_TSO4 | InterfaceRequest.TUN_F_TSO_ECN : 0;
        return LibC.ioctl(new CallState(arena), fd, InterfaceRequest.TUNSETOFFLOAD, MemorySegment.ofAddress(bits));
    }

    /// The descriptor.
    public int fd() {
        return fd;
    }

    /// Lives until it is closed.
    public Arena arena() {
        return arena;
    }

    /// Closes the descriptor and frees the memory. Nobody uses them any more.
    @Override
    public void close() {
        LibC.close(new CallState(arena), fd);
        arena.close();
    }
}
