package dev.netstack4j.nic.tap;

import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.nic.tap.linux.CallState;
import dev.netstack4j.nic.tap.linux.LibC;
import dev.netstack4j.nic.tap.linux.TunDevice;
import java.lang.foreign.Arena;

/// An open TAP: its descriptor and the memory that calls on it use. One made here goes away when this is closed, even
/// if the process is killed.
final class TapHandle implements AutoCloseable {
    private static final String RIGHTS =
            " (it needs root or CAP_NET_ADMIN, or a TAP made for you with 'ip tuntap add')";

    private final Arena arena;
    private final int fd;

    private TapHandle(Arena arena, int fd) {
        this.arena = arena;
        this.fd = fd;
    }

    /// Opens a TAP and sets it up: made when absent, MTU, address, up.
    static TapHandle open(TapNicOptions options) throws NetException {
        Arena arena = Arena.ofShared();
        CallState state = new CallState(arena);
        int fd = LibC.open(state, arena.allocateFrom("/dev/net/tun"), LibC.RDWR_NONBLOCK_CLOEXEC);
        int control = fd < 0 ? fd : LibC.controlSocket(state);
        try {
            NetException.check(fd, "open /dev/net/tun, which TAP devices need");
            NetException.check(control, "open a control socket of the host");
            setUp(new TunDevice(arena, options.name(), fd, control), options);
            LibC.close(state, control);
            return new TapHandle(arena, fd);
        } catch (NetException e) {
            LibC.close(state, control);
            LibC.close(state, fd);
            arena.close();
            throw e;
        }
    }

    private static void setUp(TunDevice tun, TapNicOptions options) throws NetException {
        String name = "'" + options.name() + "'";
        check(tun.attach(options.ethernet(), options.offloads()), "attach to the TAP or TUN " + name);
        if (options.offloads()) {
            check(tun.offloads(TunDevice.CSUM | TunDevice.TSO4 | TunDevice.TSO_ECN), "set the offloads of " + name);
        }
        check(tun.mtu(options.mtu()), "set the MTU of " + name);
        IpPrefix host = options.host();
        if (host != null) {
            check(tun.address(host.address().v4Bits(), host.v4Mask()), "give " + name + " the address " + host);
        }
        check(tun.up(), "bring " + name + " up");
    }

    private static void check(int result, String attempted) throws NetException {
        NetException.check(result, Errno.EPERM.negative() == result ? attempted + RIGHTS : attempted);
    }

    int fd() {
        return fd;
    }

    Arena arena() {
        return arena;
    }

    /// Closes the descriptor. Nobody uses it any more.
    @Override
    public void close() {
        LibC.close(new CallState(arena), fd);
        arena.close();
    }
}
