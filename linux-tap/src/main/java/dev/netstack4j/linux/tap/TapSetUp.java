package dev.netstack4j.linux.tap;

import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Opens a TAP of the host and sets it up, step by step, as [Tap#open] says.
final class TapSetUp {
    private static final String RIGHTS =
            " (it needs root or CAP_NET_ADMIN, or a TAP made for you with 'ip tuntap add')";

    private final Arena arena;
    private final CallState state;
    private final TapSettings settings;
    private final int control;

    private TapSetUp(Arena arena, TapSettings settings, int control) {
        this.arena = arena;
        this.state = new CallState(arena);
        this.settings = settings;
        this.control = control;
    }

    /// Opens it.
    ///
    /// @return the descriptor, which does not block
    static int open(TapSettings settings) throws NetException {
        try (Arena arena = Arena.ofConfined()) {
            CallState state = new CallState(arena);
            int control = LibC.controlSocket(state);
            NetException.check(control, "open a control socket of the host");
            try {
                return new TapSetUp(arena, settings, control).open();
            } finally {
                LibC.close(state, control);
            }
        }
    }

    private int open() throws NetException {
        MemorySegment path = arena.allocateFrom("/dev/net/tun");
        int fd = LibC.open(state, path, LibC.RDWR_NONBLOCK_CLOEXEC);
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
        InterfaceRequest r = request().flags(kind());
        int result = LibC.ioctl(state, fd, InterfaceRequest.TUNSETIFF, r.segment());
        NetException.check(result, existed ? attaching(result) : "make the TAP " + quoted() + RIGHTS);
        if (settings.persist() && !existed) {
            result = LibC.ioctl(state, fd, InterfaceRequest.TUNSETPERSIST, MemorySegment.ofAddress(1));
            NetException.check(result, "keep the TAP " + quoted());
        }
    }

    private int kind() {
        return (settings.ethernet() ? InterfaceRequest.IFF_TAP : InterfaceRequest.IFF_TUN)
                | InterfaceRequest.IFF_NO_PI
                | (settings.headers() ? InterfaceRequest.IFF_VNET_HDR : 0);
    }

    private String quoted() {
        return "'" + settings.name() + "'";
    }

    private String attaching(int result) {
        String what = "attach to the device " + quoted();
        return switch (Errno.of(result)) {
            case EBUSY -> what + ", which another program uses";
            case EINVAL -> what + ", which is no TAP of this kind";
            default -> what + RIGHTS;
        };
    }

    private void setMtu() throws NetException {
        InterfaceRequest r = request();
        if (ask(InterfaceRequest.SIOCGIFMTU, r) >= 0 && r.number() == settings.mtu()) {
            return;
        }
        tell(InterfaceRequest.SIOCSIFMTU, r.number(settings.mtu()), "set the MTU of " + quoted());
    }

    private void setAddress() throws NetException {
        IpPrefix wanted = settings.host();
        if (wanted == null || has(wanted)) {
            return;
        }
        String what = "give " + quoted() + " the address " + wanted;
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
        String what = "bring " + quoted() + " up";
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
        return new InterfaceRequest(arena, settings.name());
    }

    private int ask(long call, InterfaceRequest r) {
        return LibC.ioctl(state, control, call, r.segment());
    }

    private void tell(long call, InterfaceRequest r, String attempted) throws NetException {
        int result = ask(call, r);
        NetException.check(result, Errno.EPERM.negative() == result ? attempted + RIGHTS : attempted);
    }
}
