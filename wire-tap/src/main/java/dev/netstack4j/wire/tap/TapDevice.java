package dev.netstack4j.wire.tap;

import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.wire.tap.linux.CallState;
import dev.netstack4j.wire.tap.linux.Fcntl;
import dev.netstack4j.wire.tap.linux.InterfaceRequest;
import dev.netstack4j.wire.tap.linux.LibC;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Opens a TAP device of the host and sets it up: made when absent, MTU, address, up. What is already as wanted is not
/// touched, so that a TAP that an administrator prepared for a user works without rights. One made here goes away with
/// its descriptor, even if this process is killed.
final class TapDevice {
    private static final long TUNSETPERSIST = 0x4004_54CB;
    private static final String RIGHTS =
            " (it needs root or CAP_NET_ADMIN, or a TAP made for you with 'ip tuntap add')";

    private final Arena arena;
    private final CallState state;
    private final TapOptions options;
    private final int control;

    private TapDevice(Arena arena, TapOptions options, int control) {
        this.arena = arena;
        this.state = new CallState(arena);
        this.options = options;
        this.control = control;
    }

    /// Opens it.
    ///
    /// @return the descriptor, which does not block
    static int open(TapOptions options) throws NetException {
        try (Arena arena = Arena.ofConfined()) {
            CallState state = new CallState(arena);
            int control = LibC.socket(state, Fcntl.AF_INET, Fcntl.SOCK_DGRAM | Fcntl.O_CLOEXEC, 0);
            NetException.check(control, "open a control socket of the host");
            try {
                return new TapDevice(arena, options, control).open();
            } finally {
                LibC.close(state, control);
            }
        }
    }

    private int open() throws NetException {
        MemorySegment path = arena.allocateFrom("/dev/net/tun");
        int fd = LibC.open(state, path, Fcntl.O_RDWR | Fcntl.O_NONBLOCK | Fcntl.O_CLOEXEC);
        NetException.check(fd, "open /dev/net/tun, which TAP devices need");
        try {
            attach(fd);
            setMtu();
            setAddress();
            bringUp();
            return fd;
        } catch (NetException e) {
            LibC.close(state, fd);
            throw e;
        }
    }

    private void attach(int fd) throws NetException {
        boolean existed = ask(InterfaceRequest.SIOCGIFINDEX, request()) >= 0;
        InterfaceRequest r = request().flags(InterfaceRequest.IFF_TAP | InterfaceRequest.IFF_NO_PI);
        int result = LibC.ioctl(state, fd, InterfaceRequest.TUNSETIFF, r.segment());
        NetException.check(
                result, existed ? attaching(result) : "make the TAP device '" + options.name() + "'" + RIGHTS);
        if (options.persist() && !existed) {
            result = LibC.ioctl(state, fd, TUNSETPERSIST, MemorySegment.ofAddress(1));
            NetException.check(result, "keep the TAP device '" + options.name() + "'");
        }
    }

    private String attaching(int result) {
        String what = "attach to the device '" + options.name() + "'";
        return switch (Errno.of(result)) {
            case EBUSY -> what + ", which another program uses";
            case EINVAL -> what + ", which is no TAP device";
            default -> what + RIGHTS;
        };
    }

    private void setMtu() throws NetException {
        InterfaceRequest r = request();
        if (ask(InterfaceRequest.SIOCGIFMTU, r) >= 0 && r.number() == options.mtu()) {
            return;
        }
        tell(InterfaceRequest.SIOCSIFMTU, r.number(options.mtu()), "set the MTU of '" + options.name() + "'");
    }

    private void setAddress() throws NetException {
        IpPrefix wanted = options.host();
        if (wanted == null || has(wanted)) {
            return;
        }
        String what = "give '" + options.name() + "' the address " + wanted;
        tell(InterfaceRequest.SIOCSIFADDR, request().address(wanted.address().v4Bits()), what);
        tell(InterfaceRequest.SIOCSIFNETMASK, request().address(wanted.v4Mask()), what);
    }

    private boolean has(IpPrefix wanted) {
        InterfaceRequest address = request();
        InterfaceRequest mask = request();
        return ask(InterfaceRequest.SIOCGIFADDR, address) >= 0
                && ask(InterfaceRequest.SIOCGIFNETMASK, mask) >= 0
                && address.address() == wanted.address().v4Bits()
                && mask.address() == wanted.v4Mask();
    }

    private void bringUp() throws NetException {
        String what = "bring '" + options.name() + "' up";
        InterfaceRequest r = request();
        tell(InterfaceRequest.SIOCGIFFLAGS, r, what);
        if ((r.flags() & InterfaceRequest.IFF_UP) == 0) {
            tell(
                    InterfaceRequest.SIOCSIFFLAGS,
                    r.flags(r.flags() | InterfaceRequest.IFF_UP | InterfaceRequest.IFF_RUNNING),
                    what);
        }
    }

    private InterfaceRequest request() {
        return new InterfaceRequest(arena, options.name());
    }

    private int ask(long call, InterfaceRequest r) {
        return LibC.ioctl(state, control, call, r.segment());
    }

    private void tell(long call, InterfaceRequest r, String attempted) throws NetException {
        int result = ask(call, r);
        NetException.check(result, Errno.EPERM.negative() == result ? attempted + RIGHTS : attempted);
    }
}
